-- expect 2: eier_used: touches walk, which has owners
-- query eier_used() -> rows(int id)
SELECT e.id FROM eier e WHERE EXISTS (SELECT 1 FROM walk w WHERE w.owner = e.id);
