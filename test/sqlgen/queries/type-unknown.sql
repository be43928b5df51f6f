-- expect 2: what: unknown type 'bool'
-- query what(bool id) -> nothing
DELETE FROM eier WHERE id = :id;
