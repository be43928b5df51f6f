-- expect 3: what: a comment that never ends
-- query what() -> rows(int id)
SELECT e.id /* FROM eier e;
