-- bunke.sql - bundles of files that wait for a yes, and what has been said of names.
-- SPDX-License-Identifier: EUPL-1.2

-- query bunke_insert(int owner, int id, int person, int shared, int? job, int created_at) -> nothing
INSERT INTO import_bunke (owner, id, person, shared, job, created_at)
VALUES (:owner, :id, :person, :shared, :job, :created_at);

-- query bunke_file_insert(int owner, int id, int bunke, int place, text filename, blob data) -> nothing
INSERT INTO import_fil (owner, id, bunke, place, filename, state, data, parsed, skipped, datasett, n_values)
VALUES (:owner, :id, :bunke, :place, :filename, 'ulest', :data, NULL, 0, NULL, NULL);

-- query bunke_select(int owner, int person, int id) -> rows(int shared, int? job, int created_at)
SELECT b.shared, b.job, b.created_at FROM import_bunke b
 WHERE b.owner = :owner AND b.person = :person AND b.id = :id;

-- query bunke_files(int owner, int bunke) -> rows(int id, text filename, text state, int skipped, int size, int? datasett, int? n_values)
SELECT f.id, f.filename, f.state, f.skipped, length(f.data) AS size, f.datasett, f.n_values
  FROM import_fil f WHERE f.owner = :owner AND f.bunke = :bunke ORDER BY f.place;

-- query bunke_data(int owner, int id) -> rows(blob data)
SELECT f.data FROM import_fil f WHERE f.owner = :owner AND f.id = :id AND f.state IN ('ulest', 'lest');

-- query bunke_parsed(int owner, int id) -> rows(blob? parsed)
SELECT f.parsed FROM import_fil f WHERE f.owner = :owner AND f.id = :id AND f.state = 'lest';

-- query bunke_read(int owner, int id, blob parsed) -> nothing
UPDATE import_fil SET parsed = :parsed, state = 'lest'
 WHERE owner = :owner AND id = :id AND state IN ('ulest', 'lest');

-- query bunke_let_go(int owner, int id, blob data) -> nothing
UPDATE import_fil SET data = :data WHERE owner = :owner AND id = :id;

-- query bunke_settle(int owner, int id, text state, blob data, int? datasett, int? n_values) -> nothing
UPDATE import_fil SET state = :state, data = :data, parsed = NULL, datasett = :datasett, n_values = :n_values
 WHERE owner = :owner AND id = :id AND state IN ('ulest', 'lest');

-- query bunke_waiting(int owner, int person, int since) -> rows(int id)
SELECT b.id FROM import_bunke b
 WHERE b.owner = :owner AND b.person = :person AND b.created_at >= :since
   AND EXISTS (SELECT 1 FROM import_fil f WHERE f.owner = b.owner AND f.bunke = b.id AND f.state IN ('ulest', 'lest'))
 ORDER BY b.created_at DESC LIMIT 1;

-- query bunke_purge(int before) -> nothing
-- all owners: what nobody stored in time goes, whoever sent it
DELETE FROM import_bunke WHERE created_at < :before;

-- query bunke_meanings(int owner, text source, text kind) -> rows(text folded, text target)
SELECT t.folded, t.target FROM import_tilordning t
 WHERE t.owner = :owner AND t.source = :source AND t.kind = :kind ORDER BY t.folded;

-- query bunke_meaning_save(int owner, int id, text source, text kind, text folded, text text, text target, int? person, int saved_at) -> nothing
INSERT INTO import_tilordning (owner, id, source, kind, folded, text, target, person, saved_at)
VALUES (:owner, :id, :source, :kind, :folded, :text, :target, :person, :saved_at)
    ON CONFLICT (owner, source, kind, folded) DO UPDATE
   SET text = excluded.text, target = excluded.target, person = excluded.person, saved_at = excluded.saved_at;

-- query bunke_meaning_list(int owner) -> rows(int id, text source, text kind, text text, text target, int? person, int saved_at)
SELECT t.id, t.source, t.kind, t.text, t.target, t.person, t.saved_at FROM import_tilordning t
 WHERE t.owner = :owner ORDER BY t.kind, t.source, t.folded LIMIT 2000;

-- query bunke_meaning_forget(int owner, int id) -> rows(int id)
DELETE FROM import_tilordning WHERE owner = :owner AND id = :id RETURNING id;

-- query bunke_meaning_change(int owner, int id, text target, int saved_at) -> rows(int id)
UPDATE import_tilordning SET target = :target, saved_at = :saved_at WHERE owner = :owner AND id = :id RETURNING id;
