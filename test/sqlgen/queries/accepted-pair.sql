-- accept
-- query pair(int owner) -> rows(int id) @sqlite: only here for the test
SELECT w.id FROM walk w WHERE w.owner = :owner;

-- query pair(int owner) -> rows(int id) @postgresql: only here for the test
SELECT w.id FROM walk w WHERE w.owner = :owner AND w.class ~ 'x';
