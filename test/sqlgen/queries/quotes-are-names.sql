-- expect 2: what: no such column
-- query what() -> rows(int id)
SELECT e.id FROM eier e WHERE e.name = "x";
