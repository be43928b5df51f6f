-- expect 3: date(): dates are TEXT
-- query word(int owner) -> rows(text x)
SELECT date(w.walked_on) AS x
  FROM walk w WHERE w.owner = :owner;
