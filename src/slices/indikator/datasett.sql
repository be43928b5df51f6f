-- datasett.sql - what was imported, newest first: the owner's own files, and the public ones.
-- SPDX-License-Identifier: EUPL-1.2

-- query datasett_own(int owner, int? id, int count) -> rows(int id, text filename, text format, text sha256, text? title, text? periods, int n_rows, int n_values, int? n_new, int? n_changed, int? n_same, int? n_masked, int? n_missing, int imported_at, int? imported_by, int? undone_at, int? undone_by, int? by_forgotten, int n_current)
SELECT d.id, d.filename, d.format, d.sha256, d.title, d.periods, d.n_rows, d.n_values, d.n_new, d.n_changed,
       d.n_same, d.n_masked, d.n_missing, d.imported_at, d.imported_by, d.undone_at, d.undone_by, d.by_forgotten,
       (SELECT COUNT(*) FROM verdi v WHERE v.owner = d.owner AND v.datasett = d.id AND v.current = 1)
       + (SELECT COUNT(*) FROM datasett_faktum f WHERE f.owner = d.owner AND f.datasett = d.id AND f.faktum IS NOT NULL) AS n_current
  FROM datasett d
 WHERE d.owner = :owner AND (CAST(:id AS BIGINT) IS NULL OR d.id = :id)
 ORDER BY d.imported_at DESC, d.id DESC LIMIT :count;

-- query datasett_public(int? id, int count) -> rows(int id, text filename, text format, text sha256, text? title, text? periods, int n_rows, int n_values, int? n_new, int? n_changed, int? n_same, int? n_masked, int? n_missing, int imported_at, int? undone_at)
SELECT d.id, d.filename, d.format, d.sha256, d.title, d.periods, d.n_rows, d.n_values, d.n_new, d.n_changed,
       d.n_same, d.n_masked, d.n_missing, d.imported_at, d.undone_at
  FROM stat_datasett d
 WHERE (CAST(:id AS BIGINT) IS NULL OR d.id = :id)
 ORDER BY d.imported_at DESC, d.id DESC LIMIT :count;

-- query datasett_public_current(int id) -> rows(int n)
SELECT COUNT(*) AS n FROM stat_verdi v WHERE v.datasett = :id AND v.current = 1;
