-- lagring-egne.sql - storing an imported file in an owner's own store, and whether it is known already.
-- SPDX-License-Identifier: EUPL-1.2

-- query lagring_public_known(text sha256) -> rows(int id)
SELECT d.id FROM stat_datasett d WHERE d.sha256 = :sha256;

-- query lagring_own_known(int owner, text sha256) -> rows(int id)
SELECT d.id FROM datasett d WHERE d.owner = :owner AND d.sha256 = :sha256;

-- query lagring_own_dataset(int owner, int id, text format, text filename, text sha256, text encoding, int n_rows, int n_values, int imported_at, int? imported_by) -> nothing
INSERT INTO datasett (owner, id, format, filename, sha256, encoding, n_rows, n_values, imported_at, imported_by)
VALUES (:owner, :id, :format, :filename, :sha256, :encoding, :n_rows, :n_values, :imported_at, :imported_by);

-- query lagring_own_counted(int owner, int id, int n_values) -> nothing
UPDATE datasett SET n_values = :n_values WHERE owner = :owner AND id = :id;

-- query lagring_own_current(int owner, int enhet, text indikator, text period, text grade, text sex) -> rows(real? value, real? uncertainty, int? n, int n_masked, text status, int preliminary, text? qualitative)
SELECT v.value, v.uncertainty, v.n, v.n_masked, v.status, v.preliminary, v.qualitative FROM verdi v
 WHERE v.owner = :owner AND v.enhet = :enhet AND v.indikator = :indikator AND v.period = :period
   AND v.grade = :grade AND v.sex = :sex AND v.current = 1;

-- query lagring_own_retire(int owner, int enhet, text indikator, text period, text grade, text sex) -> nothing
UPDATE verdi SET current = 0
 WHERE owner = :owner AND enhet = :enhet AND indikator = :indikator AND period = :period
   AND grade = :grade AND sex = :sex AND current = 1;

-- query lagring_own_value(int owner, int enhet, text indikator, text period, text grade, text sex, int datasett, real? value, real? uncertainty, int? n, real? numerator, real? denominator, int n_masked, text status, int preliminary, int computed, text? qualitative, text original, text source, int line) -> nothing
INSERT INTO verdi (owner, enhet, indikator, period, grade, sex, datasett, current, value, uncertainty, n,
                   numerator, denominator, n_masked, status, preliminary, computed, qualitative, original,
                   source, line)
VALUES (:owner, :enhet, :indikator, :period, :grade, :sex, :datasett, 1, :value, :uncertainty, :n,
        :numerator, :denominator, :n_masked, :status, :preliminary, :computed, :qualitative, :original,
        :source, :line);
