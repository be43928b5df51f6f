-- expect 2: cannot read the query line
-- query what int id -> rows(int id)
SELECT e.id FROM eier e WHERE e.id = :id;
