-- expect 5: what: declared twice
-- query what(int id) -> nothing
DELETE FROM eier WHERE id = :id;

-- query what(int id) -> nothing
DELETE FROM eier WHERE id = :id;
