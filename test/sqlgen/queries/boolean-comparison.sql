-- expect 3: told: column 1 is a bare boolean
-- query told(int owner) -> rows(int x)
SELECT w.id = 1 AS x
  FROM walk w WHERE w.owner = :owner;
