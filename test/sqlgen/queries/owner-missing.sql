-- expect 2: walk_all: touches walk, which has owners, without :owner
-- query walk_all() -> rows(int id)
SELECT w.id FROM walk w;
