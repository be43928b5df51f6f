-- expect 3: every: SELECT *: name the columns
-- query every(int owner) -> rows(int id)
SELECT w.*   FROM walk w WHERE w.owner = :owner;
