-- expect 3: what: a string that never ends
-- query what() -> rows(int id)
SELECT e.id FROM eier e WHERE e.name = 'x;
