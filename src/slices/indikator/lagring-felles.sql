-- lagring-felles.sql - storing an imported file in the shared public store.
-- SPDX-License-Identifier: EUPL-1.2

-- query lagring_public_known(text sha256) -> rows(int id, int? undone_at, int n_values)
SELECT d.id, d.undone_at, d.n_values FROM stat_datasett d WHERE d.sha256 = :sha256;

-- query lagring_public_dataset(int id, text format, text filename, text sha256, text encoding, int n_rows, int n_values, int imported_at, int n_new, int n_changed, int n_same, int n_masked, int n_missing, text? title, text periods) -> nothing
INSERT INTO stat_datasett (id, format, filename, sha256, encoding, n_rows, n_values, imported_at, n_new,
                           n_changed, n_same, n_masked, n_missing, title, periods)
VALUES (:id, :format, :filename, :sha256, :encoding, :n_rows, :n_values, :imported_at, :n_new,
        :n_changed, :n_same, :n_masked, :n_missing, :title, :periods);

-- query lagring_units() -> rows(int id, int level, text code)
SELECT u.id, u.level, u.code FROM stat_enhet u;

-- query lagring_unit_insert(int id, int level, text code) -> nothing many
INSERT INTO stat_enhet (id, level, code) VALUES (:id, :level, :code);

-- query lagring_unit_names(text period) -> rows(int enhet, text name, text kommune, text fylke)
SELECT n.enhet, n.name, n.kommune, n.fylke FROM stat_enhet_navn n
 WHERE n.valid_from <= :period ORDER BY n.enhet, n.valid_from;

-- query lagring_unit_name_insert(int enhet, text valid_from, text name, text kommune, text fylke) -> nothing many
INSERT INTO stat_enhet_navn (enhet, valid_from, name, kommune, fylke)
VALUES (:enhet, :valid_from, :name, :kommune, :fylke)
    ON CONFLICT (enhet, valid_from) DO UPDATE
   SET name = excluded.name, kommune = excluded.kommune, fylke = excluded.fylke;

-- query lagring_public_current(text indikator, text period) -> rows(int enhet, text grade, text sex, real? value, real? uncertainty, int? n, int n_masked, text status, int preliminary)
SELECT v.enhet, v.grade, v.sex, v.value, v.uncertainty, v.n, v.n_masked, v.status, v.preliminary
  FROM stat_verdi v
 WHERE v.indikator = :indikator AND v.period = :period AND v.current = 1;

-- query lagring_public_earlier(text indikator, text period) -> rows(int id, text filename, int imported_at, int n)
SELECT d.id, d.filename, d.imported_at, COUNT(*) AS n
  FROM stat_verdi v JOIN stat_datasett d ON d.id = v.datasett
 WHERE v.indikator = :indikator AND v.period = :period AND v.current = 1
 GROUP BY d.id, d.filename, d.imported_at ORDER BY d.imported_at;

-- query lagring_public_retire(int enhet, text indikator, text period, text grade, text sex) -> nothing
UPDATE stat_verdi SET current = 0
 WHERE enhet = :enhet AND indikator = :indikator AND period = :period AND grade = :grade
   AND sex = :sex AND current = 1;

-- query lagring_public_value(int enhet, text indikator, text period, text grade, text sex, int datasett, int current, real? value, real? uncertainty, int? n, int n_masked, text status, int preliminary, text original, int line) -> nothing many
INSERT INTO stat_verdi (enhet, indikator, period, grade, sex, datasett, current, value, uncertainty, n,
                        n_masked, status, preliminary, original, line)
VALUES (:enhet, :indikator, :period, :grade, :sex, :datasett, :current, :value, :uncertainty, :n,
        :n_masked, :status, :preliminary, :original, :line);

-- query lagring_change(text old_code, text new_code, text date, text kind, int datasett) -> nothing many
INSERT INTO stat_enhet_endring (old_code, new_code, date, kind, datasett)
VALUES (:old_code, :new_code, :date, :kind, :datasett)
    ON CONFLICT (old_code, new_code, date) DO UPDATE SET kind = excluded.kind, datasett = excluded.datasett;

-- query lagring_unit_status(int enhet, text closed, int datasett) -> nothing many
INSERT INTO stat_enhet_status (enhet, closed, datasett) VALUES (:enhet, :closed, :datasett)
    ON CONFLICT (enhet) DO UPDATE SET closed = excluded.closed, datasett = excluded.datasett;
