-- expect 3: julianday(): dates
-- query word(int owner) -> rows(real x)
SELECT julianday(w.walked_on) AS x
  FROM walk w WHERE w.owner = :owner;
