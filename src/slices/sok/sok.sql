-- sok.sql - the index: what is in it, and what changes.
-- SPDX-License-Identifier: EUPL-1.2

-- query sok_digests(int owner) -> rows(int id, text kind, int object, text part, text digest)
SELECT d.id, d.kind, d.object, d.part, d.digest FROM sok_dokument d WHERE d.owner = :owner;

-- query sok_insert(int owner, int id, text kind, int object, text part, text language, text gate, int? unit, text title, text body, text path, text at, text digest, text title_words, text words) -> nothing
INSERT INTO sok_dokument (owner, id, kind, object, part, language, gate, unit, title, body, path, at, digest, title_words, words)
VALUES (:owner, :id, :kind, :object, :part, :language, :gate, :unit, :title, :body, :path, :at, :digest, :title_words, :words);

-- query sok_delete(int owner, int id) -> nothing
DELETE FROM sok_dokument WHERE owner = :owner AND id = :id;

-- query sok_index(int owner, int id) -> nothing @sqlite: its full-text search is a table of its own
INSERT INTO sok_dokument_search ("rowid", title_words, words)
SELECT d.id, d.title_words, d.words FROM sok_dokument d WHERE d.owner = :owner AND d.id = :id;

-- query sok_index(int owner, int id) -> nothing @postgresql: its full-text search is a column
UPDATE sok_dokument
   SET search = setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', words), 'D')
 WHERE owner = :owner AND id = :id;

-- query sok_unindex(int owner, int id) -> nothing @sqlite: an index without content must be told what it held
INSERT INTO sok_dokument_search (sok_dokument_search, "rowid", title_words, words)
SELECT 'delete', d.id, d.title_words, d.words FROM sok_dokument d WHERE d.owner = :owner AND d.id = :id;

-- query sok_unindex(int owner, int id) -> nothing @postgresql: the column goes with its row
UPDATE sok_dokument SET search = NULL WHERE owner = :owner AND id = :id;
