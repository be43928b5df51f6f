-- expect 2: walk_all: touches walk, which has owners
-- query walk_all() -> rows(int id)
SELECT w.id FROM walk w;
-- all owners: stands after the statement, so it is not of it
