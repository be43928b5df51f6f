-- expect 3: told: column 1 is a bare boolean
-- query told(int owner) -> rows(int x)
SELECT CASE WHEN w.id = 1 THEN TRUE ELSE FALSE END AS x
  FROM walk w WHERE w.owner = :owner;
