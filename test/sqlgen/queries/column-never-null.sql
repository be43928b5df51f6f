-- expect 2: what: column name is never NULL: declare text
-- query what() -> rows(text? name)
SELECT e.name FROM eier e;
