-- expect 2: n: PostgreSQL: 
-- query n(int owner) -> rows(int id)
SELECT w.id FROM walk w WHERE w.owner = :owner AND w.id;
