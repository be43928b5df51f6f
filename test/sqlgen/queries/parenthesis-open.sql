-- expect what: a '(' without its ')'
-- query what() -> rows(int id)
SELECT (e.id FROM eier e;
