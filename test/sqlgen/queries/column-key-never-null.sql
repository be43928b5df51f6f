-- expect 2: what: column id is never NULL: declare int
-- query what() -> rows(int? id)
SELECT e.id FROM eier e;
