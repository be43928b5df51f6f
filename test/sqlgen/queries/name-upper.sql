-- expect 2: What: a query's name is lower_case
-- query What(int id) -> nothing
DELETE FROM eier WHERE id = :id;
