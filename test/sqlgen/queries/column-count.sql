-- expect 2: what: the statement has 2 columns, 1 declared
-- query what() -> rows(int id)
SELECT e.id, e.name FROM eier e;
