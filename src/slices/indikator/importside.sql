-- importside.sql - uploads that wait for a yes.
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
