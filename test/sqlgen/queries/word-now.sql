-- expect 3: now(): time is a parameter
-- query word(int owner) -> rows(text x)
SELECT now() AS x
  FROM walk w WHERE w.owner = :owner;
