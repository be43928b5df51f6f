-- expect 2: what: column name is text, declared int
-- query what() -> rows(int name)
DELETE FROM eier WHERE id = 1 RETURNING name;
