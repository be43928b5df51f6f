-- expect 2: n: PostgreSQL: operator does not exist
-- query n(int owner, text id) -> rows(int id)
SELECT w.id FROM walk w WHERE w.owner = :owner AND w.id = :id;
