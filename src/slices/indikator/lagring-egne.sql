-- lagring-egne.sql - storing an imported file in an owner's own store, and whether it is known already.
-- SPDX-License-Identifier: EUPL-1.2

-- query lagring_own_known(int owner, text sha256) -> rows(int id, int? undone_at, int n_values)
SELECT d.id, d.undone_at, d.n_values FROM datasett d WHERE d.owner = :owner AND d.sha256 = :sha256;

-- query lagring_own_dataset(int owner, int id, text format, text filename, text sha256, text encoding, int n_rows, int n_values, int imported_at, int? imported_by, int n_new, int n_changed, int n_same, int n_masked, int n_missing, text? title, text periods) -> nothing
INSERT INTO datasett (owner, id, format, filename, sha256, encoding, n_rows, n_values, imported_at, imported_by,
                      n_new, n_changed, n_same, n_masked, n_missing, title, periods)
VALUES (:owner, :id, :format, :filename, :sha256, :encoding, :n_rows, :n_values, :imported_at, :imported_by,
        :n_new, :n_changed, :n_same, :n_masked, :n_missing, :title, :periods);

-- query lagring_own_current(int owner, text indikator, text period) -> rows(int enhet, text grade, text sex, real? value, real? uncertainty, int? n, int n_masked, text status, int preliminary, text? qualitative)
SELECT v.enhet, v.grade, v.sex, v.value, v.uncertainty, v.n, v.n_masked, v.status, v.preliminary, v.qualitative
  FROM verdi v
 WHERE v.owner = :owner AND v.indikator = :indikator AND v.period = :period AND v.current = 1;

-- query lagring_own_earlier(int owner, text indikator, text period) -> rows(int id, text filename, int imported_at, int n)
SELECT d.id, d.filename, d.imported_at, COUNT(*) AS n
  FROM verdi v JOIN datasett d ON d.owner = v.owner AND d.id = v.datasett
 WHERE v.owner = :owner AND v.indikator = :indikator AND v.period = :period AND v.current = 1
 GROUP BY d.id, d.filename, d.imported_at ORDER BY d.imported_at;

-- query lagring_own_retire(int owner, int enhet, text indikator, text period, text grade, text sex) -> nothing
UPDATE verdi SET current = 0
 WHERE owner = :owner AND enhet = :enhet AND indikator = :indikator AND period = :period
   AND grade = :grade AND sex = :sex AND current = 1;

-- query lagring_own_value(int owner, int enhet, text indikator, text period, text grade, text sex, int datasett, int current, real? value, real? uncertainty, int? n, real? numerator, real? denominator, int n_masked, text status, int preliminary, int computed, text? qualitative, text original, text source, int line) -> nothing many
INSERT INTO verdi (owner, enhet, indikator, period, grade, sex, datasett, current, value, uncertainty, n,
                   numerator, denominator, n_masked, status, preliminary, computed, qualitative, original,
                   source, line)
VALUES (:owner, :enhet, :indikator, :period, :grade, :sex, :datasett, :current, :value, :uncertainty, :n,
        :numerator, :denominator, :n_masked, :status, :preliminary, :computed, :qualitative, :original,
        :source, :line);
