-- moenstre.sql - which systems of linked figures a dataset touches, and which an owner has.
-- SPDX-License-Identifier: EUPL-1.2

-- query moenstre_periods_of(int owner, int datasett) -> rows(text indikator, text period)
SELECT v.indikator, v.period FROM verdi v WHERE v.owner = :owner AND v.datasett = :datasett
 GROUP BY v.indikator, v.period ORDER BY v.indikator, v.period;

-- query moenstre_public_periods_of(int datasett) -> rows(text indikator, text period)
SELECT v.indikator, v.period FROM stat_verdi v WHERE v.datasett = :datasett
 GROUP BY v.indikator, v.period ORDER BY v.indikator, v.period;

-- query moenstre_all(int owner) -> rows(text indikator, text period)
SELECT v.indikator, v.period FROM verdi v WHERE v.owner = :owner AND v.current = 1
 GROUP BY v.indikator, v.period ORDER BY v.indikator, v.period;
