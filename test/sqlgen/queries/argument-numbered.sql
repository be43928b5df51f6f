-- expect 3: what: '?' is not of the engines' common SQL
-- query what() -> nothing
DELETE FROM eier WHERE id = ?;
