-- expect 3: lower(): folds ASCII only
-- query word(int owner) -> rows(text x)
SELECT lower(w.class) AS x
  FROM walk w WHERE w.owner = :owner;
