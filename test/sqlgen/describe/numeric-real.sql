-- expect 2: n: column n is numeric on PostgreSQL: write CAST(... AS DOUBLE PRECISION)
-- query n(int owner) -> row(real n)
SELECT avg(w.id) AS n  FROM walk w WHERE w.owner = :owner;
