-- kontroll.sql - what was checked in what was imported.
-- SPDX-License-Identifier: EUPL-1.2

-- query kontroll_own_insert(int owner, int datasett, text code, int checked, int held) -> nothing many
INSERT INTO datasett_kontroll (owner, datasett, code, checked, held) VALUES (:owner, :datasett, :code, :checked, :held);

-- query kontroll_own_finding(int owner, int datasett, text code, int place, text unit, text unit_code, text indikator, text other, text period, real? expected, real? found, int line) -> nothing many
INSERT INTO datasett_funn (owner, datasett, code, place, unit, unit_code, indikator, other, period, expected, found, line)
VALUES (:owner, :datasett, :code, :place, :unit, :unit_code, :indikator, :other, :period, :expected, :found, :line);

-- query kontroll_own(int owner, int datasett) -> rows(text code, int checked, int held)
SELECT k.code, k.checked, k.held FROM datasett_kontroll k WHERE k.owner = :owner AND k.datasett = :datasett;

-- query kontroll_own_findings(int owner, int datasett) -> rows(text code, text unit, text unit_code, text indikator, text other, text period, real? expected, real? found, int line)
SELECT f.code, f.unit, f.unit_code, f.indikator, f.other, f.period, f.expected, f.found, f.line FROM datasett_funn f
 WHERE f.owner = :owner AND f.datasett = :datasett ORDER BY f.code, f.place;

-- query kontroll_public_insert(int datasett, text code, int checked, int held) -> nothing many
INSERT INTO stat_datasett_kontroll (datasett, code, checked, held) VALUES (:datasett, :code, :checked, :held);

-- query kontroll_public_finding(int datasett, text code, int place, text unit, text unit_code, text indikator, text other, text period, real? expected, real? found, int line) -> nothing many
INSERT INTO stat_datasett_funn (datasett, code, place, unit, unit_code, indikator, other, period, expected, found, line)
VALUES (:datasett, :code, :place, :unit, :unit_code, :indikator, :other, :period, :expected, :found, :line);

-- query kontroll_public(int datasett) -> rows(text code, int checked, int held)
SELECT k.code, k.checked, k.held FROM stat_datasett_kontroll k WHERE k.datasett = :datasett;

-- query kontroll_public_findings(int datasett) -> rows(text code, text unit, text unit_code, text indikator, text other, text period, real? expected, real? found, int line)
SELECT f.code, f.unit, f.unit_code, f.indikator, f.other, f.period, f.expected, f.found, f.line FROM stat_datasett_funn f
 WHERE f.datasett = :datasett ORDER BY f.code, f.place;

-- query kontroll_before(text indikator, text period) -> rows(int enhet, text code, text name)
SELECT u.id AS enhet, u.code, n.name
  FROM stat_enhet u JOIN stat_enhet_navn n ON n.enhet = u.id
   AND n.valid_from = (SELECT MAX(m.valid_from) FROM stat_enhet_navn m WHERE m.enhet = u.id)
 WHERE u.level = 4 AND EXISTS (SELECT 1 FROM stat_verdi v
       WHERE v.enhet = u.id AND v.indikator = :indikator AND v.current = 1
         AND v.period = (SELECT MAX(w.period) FROM stat_verdi w
                          WHERE w.indikator = :indikator AND w.current = 1 AND w.period < :period))
 ORDER BY u.code;

-- query kontroll_before_own(int owner, text indikator, text period) -> rows(int enhet)
SELECT DISTINCT v.enhet FROM verdi v
 WHERE v.owner = :owner AND v.indikator = :indikator AND v.current = 1
   AND v.period = (SELECT MAX(w.period) FROM verdi w WHERE w.owner = :owner AND w.indikator = :indikator
                      AND w.current = 1 AND w.period < :period)
 ORDER BY v.enhet;
