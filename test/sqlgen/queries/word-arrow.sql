-- expect 3: ->>: no JSON
-- query word(int owner) -> rows(text x)
SELECT w.class ->> 'a' AS x
  FROM walk w WHERE w.owner = :owner;
