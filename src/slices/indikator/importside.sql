-- importside.sql - uploads that wait for a yes, and the history of what was imported.
-- SPDX-License-Identifier: EUPL-1.2

-- query importside_keep(int owner, int id, int person, text filename, text format, int shared, blob data, int created_at) -> nothing
INSERT INTO import_venter (owner, id, person, filename, format, shared, data, created_at)
VALUES (:owner, :id, :person, :filename, :format, :shared, :data, :created_at);

-- query importside_kept(int owner, int person, int id, int since) -> rows(text filename, text format, int shared, blob data)
SELECT w.filename, w.format, w.shared, w.data FROM import_venter w
 WHERE w.owner = :owner AND w.person = :person AND w.id = :id AND w.created_at >= :since;

-- query importside_drop(int owner, int id) -> nothing
DELETE FROM import_venter WHERE owner = :owner AND id = :id;

-- query importside_purge(int before) -> nothing
-- all owners: what nobody stored within the hour goes, whoever sent it
DELETE FROM import_venter WHERE created_at < :before;

-- query importside_own(int owner) -> rows(text filename, int n_rows, int n_values, int imported_at, int? imported_by)
SELECT d.filename, d.n_rows, d.n_values, d.imported_at, d.imported_by FROM datasett d
 WHERE d.owner = :owner ORDER BY d.imported_at DESC, d.id DESC LIMIT 200;

-- query importside_shared() -> rows(text filename, int n_rows, int n_values, int imported_at)
SELECT d.filename, d.n_rows, d.n_values, d.imported_at FROM stat_datasett d
 ORDER BY d.imported_at DESC, d.id DESC LIMIT 200;
