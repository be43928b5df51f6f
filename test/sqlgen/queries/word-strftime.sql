-- expect 3: strftime(): dates
-- query word(int owner) -> rows(text x)
SELECT strftime('%Y', w.walked_on) AS x
  FROM walk w WHERE w.owner = :owner;
