-- lesing.sql - values of one unit as they stand now, from both stores.
--
-- The indicators of a page stand near each other in the order of codes (a test and its levels do), so a
-- range of codes reads little that is not wanted, in one step down the primary key.
-- SPDX-License-Identifier: EUPL-1.2

-- query lesing_public(text code, text first, text last, text from_period, text to_period) -> rows(text indikator, text period, real? value, real? uncertainty, int? n, int n_masked, text status, int preliminary, text original, text filename, int line, int imported_at)
SELECT v.indikator, v.period, v.value, v.uncertainty, v.n, v.n_masked, v.status, v.preliminary, v.original,
       d.filename, v.line, d.imported_at
  FROM stat_enhet u
  JOIN stat_verdi v ON v.enhet = u.id AND v.indikator >= :first AND v.indikator <= :last
                   AND v.period >= :from_period AND v.period <= :to_period AND v.current = 1 AND v.sex = 'alle'
  JOIN stat_datasett d ON d.id = v.datasett
 WHERE u.code = :code
 ORDER BY v.indikator, v.period;

-- query lesing_own(int owner, int enhet, text first, text last, text from_period, text to_period) -> rows(text indikator, text period, real? value, real? uncertainty, int? n, real? numerator, real? denominator, int n_masked, text status, int preliminary, int computed, text? qualitative, text original, text filename, int line, int imported_at, text stated)
SELECT v.indikator, v.period, v.value, v.uncertainty, v.n, v.numerator, v.denominator, v.n_masked, v.status,
       v.preliminary, v.computed, v.qualitative, v.original, d.filename, v.line, d.imported_at,
       v.source AS stated
  FROM verdi v
  JOIN datasett d ON d.owner = v.owner AND d.id = v.datasett
 WHERE v.owner = :owner AND v.enhet = :enhet AND v.indikator >= :first AND v.indikator <= :last
   AND v.period >= :from_period AND v.period <= :to_period AND v.current = 1 AND v.sex = 'alle'
 ORDER BY v.indikator, v.period;
