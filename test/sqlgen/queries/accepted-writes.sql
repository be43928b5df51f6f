-- accept
-- query walk_rename(int owner, int id, text class) -> row(int id, text? focus)
UPDATE walk SET class = :class WHERE owner = :owner AND id = :id RETURNING id, focus;

-- query walk_delete(int owner, int id) -> nothing
DELETE FROM walk WHERE owner = :owner AND id = :id;

-- query enhet_upsert(int owner, int id, text name) -> nothing
INSERT INTO enhet (owner, id, name) VALUES (:owner, :id, :name)
    ON CONFLICT (owner, id) DO UPDATE SET name = excluded.name;

-- query enhet_copy(int owner) -> nothing
INSERT INTO enhet (owner, id, name) SELECT e.owner, e.id + 1, e.name FROM enhet e WHERE e.owner = :owner;
