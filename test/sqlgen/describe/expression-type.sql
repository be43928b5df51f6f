-- expect 2: n: column n is of type 25 on PostgreSQL, declared int
-- query n(int owner) -> rows(int n)
SELECT w.class || 'x' AS n  FROM walk w WHERE w.owner = :owner;
