-- expect 3: gone: SELECT *: name the columns
-- query gone(int owner) -> rows(int id)
DELETE FROM walk WHERE owner = :owner RETURNING *;
