-- expect 2: what: no such table: nowhere
-- query what() -> rows(int id)
SELECT n.id FROM nowhere n;
