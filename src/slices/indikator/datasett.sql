-- datasett.sql - what was imported, newest first: the owner's own files, and the public ones.
-- SPDX-License-Identifier: EUPL-1.2

-- query datasett_own(int owner, int count) -> rows(text filename, int n_rows, int n_values, int imported_at, int? imported_by)
SELECT d.filename, d.n_rows, d.n_values, d.imported_at, d.imported_by FROM datasett d
 WHERE d.owner = :owner ORDER BY d.imported_at DESC, d.id DESC LIMIT :count;

-- query datasett_public(int count) -> rows(text filename, int n_rows, int n_values, int imported_at)
SELECT d.filename, d.n_rows, d.n_values, d.imported_at FROM stat_datasett d
 ORDER BY d.imported_at DESC, d.id DESC LIMIT :count;
