-- expect 3: string_agg(): the engines name it
-- query word(int owner) -> rows(text x)
SELECT string_agg(w.class, ',') AS x
  FROM walk w WHERE w.owner = :owner;
