-- expect 3: told: column 2 is a bare boolean
-- query told(int owner) -> rows(int id, int x)
DELETE FROM walk WHERE owner = :owner RETURNING id, id > 3 AS x;
