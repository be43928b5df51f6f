-- expect 3: group_concat(): the engines
-- query word(int owner) -> rows(text x)
SELECT group_concat(w.class) AS x
  FROM walk w WHERE w.owner = :owner;
