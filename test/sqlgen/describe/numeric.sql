-- expect 2: n: column n is numeric on PostgreSQL: write CAST(... AS BIGINT)
-- query n(int owner) -> row(int n)
SELECT sum(w.id) AS n  FROM walk w WHERE w.owner = :owner;
