-- expect 3: upper(): folds ASCII only
-- query word(int owner) -> rows(text x)
SELECT UPPER(w.class) AS x
  FROM walk w WHERE w.owner = :owner;
