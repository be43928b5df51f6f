-- expect 2: walk_all: all owners: without its reason
-- query walk_all() -> rows(int id)
-- all owners:
SELECT w.id FROM walk w;
