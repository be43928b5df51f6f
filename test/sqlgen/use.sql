-- What use.c calls.
-- query walk_list(int owner, int school) -> rows(int id, text class)
SELECT w.id, w.class FROM walk w WHERE w.owner = :owner AND w.school = :school;

-- query walk_one(int owner, int id) -> row(text class)
SELECT w.class FROM walk w WHERE w.owner = :owner AND w.id = :id;

-- query walk_insert(int owner, int id, int school, text walked_on, text class, text? focus, real? share, blob? picture) -> nothing
INSERT INTO walk (owner, id, school, walked_on, class, focus, share, picture)
VALUES (:owner, :id, :school, :walked_on, :class, :focus, :share, :picture);
