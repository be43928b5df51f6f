-- katalogside.sql - which indicators have values, so that the catalogue shows those first.
-- SPDX-License-Identifier: EUPL-1.2

-- query katalogside_public(text code) -> rows(text indikator)
SELECT DISTINCT v.indikator FROM stat_verdi v
 WHERE v.enhet IN (SELECT u.id FROM stat_enhet u WHERE u.code = :code
                   UNION SELECT n.enhet FROM stat_enhet_navn n WHERE n.kommune = :code)
   AND v.current = 1 AND v.sex = 'alle';

-- query katalogside_own(int owner) -> rows(text indikator)
SELECT DISTINCT v.indikator FROM verdi v WHERE v.owner = :owner AND v.current = 1 AND v.sex = 'alle';

-- query katalogside_unit(int owner, int enhet) -> rows(text indikator)
SELECT DISTINCT v.indikator FROM verdi v
 WHERE v.owner = :owner AND v.enhet = :enhet AND v.current = 1 AND v.sex = 'alle';
