-- enheter.sql - units of the public statistics.
-- SPDX-License-Identifier: EUPL-1.2

-- query enheter_public(text code) -> rows(int level, text name, text kommune, text fylke)
SELECT u.level, n.name, n.kommune, n.fylke
  FROM stat_enhet u JOIN stat_enhet_navn n ON n.enhet = u.id
 WHERE u.code = :code
 ORDER BY n.valid_from DESC;

-- query enheter_schools(text kommune) -> rows(text code, text name, text valid_from)
SELECT u.code, n.name, n.valid_from
  FROM stat_enhet u JOIN stat_enhet_navn n ON n.enhet = u.id
 WHERE u.level = 4 AND n.kommune = :kommune
 ORDER BY u.code, n.valid_from;
