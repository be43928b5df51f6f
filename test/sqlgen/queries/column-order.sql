-- expect 2: what: column 1 is 'name', declared 'id'
-- query what() -> rows(int id, text name)
SELECT e.name, e.id FROM eier e;
