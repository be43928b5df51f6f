-- expect 3: ::: SQLite does not know it
-- query word(int owner) -> rows(text x)
SELECT w.id::text AS x
  FROM walk w WHERE w.owner = :owner;
