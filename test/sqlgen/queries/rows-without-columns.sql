-- expect 2: what: a row needs columns
-- query what(int id) -> rows()
DELETE FROM eier WHERE id = :id;
