-- expect 2: what: column host can be NULL: declare text?
-- query what() -> rows(text host)
SELECT e.host FROM eier e;
