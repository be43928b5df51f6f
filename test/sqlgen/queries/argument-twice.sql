-- expect 2: what: two of the name id
-- query what(int id, int id) -> nothing
DELETE FROM eier WHERE id = :id;
