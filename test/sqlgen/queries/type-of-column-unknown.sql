-- expect 2: what: unknown type 'integer'
-- query what() -> rows(integer id)
SELECT e.id FROM eier e;
