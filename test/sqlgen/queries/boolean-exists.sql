-- expect 3: told: column 1 is a bare boolean
-- query told(int owner) -> rows(int x)
SELECT EXISTS (SELECT 1 FROM enhet e WHERE e.owner = w.owner) AS x
  FROM walk w WHERE w.owner = :owner;
