-- kobling.sql - how tables that no parser knows are read, as somebody has said it.
-- SPDX-License-Identifier: EUPL-1.2

-- query kobling_list(int owner) -> rows(int id, text signature, text title, text mapping, int? person, int saved_at)
SELECT k.id, k.signature, k.title, k.mapping, k.person, k.saved_at FROM import_kobling k
 WHERE k.owner = :owner ORDER BY k.title, k.id LIMIT 500;

-- query kobling_save(int owner, int id, text signature, text title, text mapping, int? person, int saved_at) -> nothing
INSERT INTO import_kobling (owner, id, signature, title, mapping, person, saved_at)
VALUES (:owner, :id, :signature, :title, :mapping, :person, :saved_at)
    ON CONFLICT (owner, signature) DO UPDATE
   SET title = excluded.title, mapping = excluded.mapping, person = excluded.person, saved_at = excluded.saved_at;

-- query kobling_forget(int owner, int id) -> rows(int id)
DELETE FROM import_kobling WHERE owner = :owner AND id = :id RETURNING id;
