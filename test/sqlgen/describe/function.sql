-- expect 2: n: PostgreSQL: function
-- query n(int owner) -> rows(text x)
SELECT printf('%d', w.id) AS x  FROM walk w WHERE w.owner = :owner;
