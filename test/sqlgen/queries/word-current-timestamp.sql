-- expect 3: current_timestamp: time
-- query word(int owner) -> rows(text x)
SELECT CURRENT_TIMESTAMP AS x
  FROM walk w WHERE w.owner = :owner;
