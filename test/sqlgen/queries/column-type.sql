-- expect 2: what: column name is text, declared int
-- query what() -> rows(int name)
SELECT e.name FROM eier e;
