-- expect 3: json_extract(): no JSON
-- query word(int owner) -> rows(text x)
SELECT json_extract(w.class, '$.a') AS x
  FROM walk w WHERE w.owner = :owner;
