-- lagring-felles.sql - storing an imported file in the shared public store.
-- SPDX-License-Identifier: EUPL-1.2

-- query lagring_public_dataset(int id, text format, text filename, text sha256, text encoding, int n_rows, int n_values, int imported_at) -> nothing
INSERT INTO stat_datasett (id, format, filename, sha256, encoding, n_rows, n_values, imported_at)
VALUES (:id, :format, :filename, :sha256, :encoding, :n_rows, :n_values, :imported_at);

-- query lagring_public_counted(int id, int n_values) -> nothing
UPDATE stat_datasett SET n_values = :n_values WHERE id = :id;

-- query lagring_unit(int level, text code) -> rows(int id)
SELECT u.id FROM stat_enhet u WHERE u.level = :level AND u.code = :code;

-- query lagring_unit_insert(int id, int level, text code) -> nothing
INSERT INTO stat_enhet (id, level, code) VALUES (:id, :level, :code);

-- query lagring_unit_name(int enhet, text period) -> rows(text name, text kommune, text fylke, text valid_from)
SELECT n.name, n.kommune, n.fylke, n.valid_from FROM stat_enhet_navn n
 WHERE n.enhet = :enhet AND n.valid_from <= :period ORDER BY n.valid_from DESC LIMIT 1;

-- query lagring_unit_name_insert(int enhet, text valid_from, text name, text kommune, text fylke) -> nothing
INSERT INTO stat_enhet_navn (enhet, valid_from, name, kommune, fylke)
VALUES (:enhet, :valid_from, :name, :kommune, :fylke)
    ON CONFLICT (enhet, valid_from) DO UPDATE
   SET name = excluded.name, kommune = excluded.kommune, fylke = excluded.fylke;

-- query lagring_public_any(text indikator, text period) -> rows(int n)
SELECT COUNT(*) AS n FROM (SELECT v.line FROM stat_verdi v
 WHERE v.indikator = :indikator AND v.period = :period LIMIT 1) x;

-- query lagring_public_current(int enhet, text indikator, text period, text grade, text sex) -> rows(real? value, real? uncertainty, int? n, int n_masked, text status, int preliminary)
SELECT v.value, v.uncertainty, v.n, v.n_masked, v.status, v.preliminary FROM stat_verdi v
 WHERE v.enhet = :enhet AND v.indikator = :indikator AND v.period = :period AND v.grade = :grade
   AND v.sex = :sex AND v.current = 1;

-- query lagring_public_retire(int enhet, text indikator, text period, text grade, text sex) -> nothing
UPDATE stat_verdi SET current = 0
 WHERE enhet = :enhet AND indikator = :indikator AND period = :period AND grade = :grade
   AND sex = :sex AND current = 1;

-- query lagring_public_value(int enhet, text indikator, text period, text grade, text sex, int datasett, real? value, real? uncertainty, int? n, int n_masked, text status, int preliminary, text original, int line) -> nothing
INSERT INTO stat_verdi (enhet, indikator, period, grade, sex, datasett, current, value, uncertainty, n,
                        n_masked, status, preliminary, original, line)
VALUES (:enhet, :indikator, :period, :grade, :sex, :datasett, 1, :value, :uncertainty, :n,
        :n_masked, :status, :preliminary, :original, :line);
