-- expect 4: every: SELECT *: name the columns
-- query every(int owner) -> rows(int id)
SELECT w.id FROM walk w WHERE w.owner = :owner
   AND EXISTS (SELECT * FROM eier e WHERE e.id = w.owner);
