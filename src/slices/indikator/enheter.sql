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

-- query enheter_span(text code) -> rows(text? first_period, text? last_period)
SELECT MIN(v.period) AS first_period, MAX(v.period) AS last_period
  FROM stat_enhet u JOIN stat_verdi v ON v.enhet = u.id AND v.current = 1
 WHERE u.level = 4 AND u.code = :code;

-- query enheter_refuse(int owner, int enhet, text code, int at) -> nothing
INSERT INTO etterfolger_avvist (owner, enhet, code, at) VALUES (:owner, :enhet, :code, :at)
    ON CONFLICT (owner, enhet, code) DO NOTHING;

-- query enheter_refused(int owner, int enhet, text code) -> rows(int at)
SELECT a.at FROM etterfolger_avvist a WHERE a.owner = :owner AND a.enhet = :enhet AND a.code = :code;

-- query enheter_level(int level, text fylke) -> rows(text code, text name, text valid_from)
SELECT u.code, n.name, n.valid_from
  FROM stat_enhet u JOIN stat_enhet_navn n ON n.enhet = u.id
 WHERE u.level = :level AND (:fylke = '' OR n.fylke = :fylke)
 ORDER BY u.code, n.valid_from;
