-- expect 3: told: column 1 is a bare boolean
-- query told(int owner) -> rows(int x)
SELECT w.focus IS NULL AS x
  FROM walk w WHERE w.owner = :owner;
