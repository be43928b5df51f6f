-- accept
-- query told(int owner) -> rows(int late, int n, int other)
SELECT CASE WHEN w.walked_on > '2026' AND w.id IN (1, 2) THEN 1 ELSE 0 END AS late,
       count(*) FILTER (WHERE w.id = 3) OVER () AS n,
       coalesce((SELECT max(x.id) FROM walk x WHERE x.owner = w.owner AND x.id < w.id), 0) AS other
  FROM walk w WHERE w.owner = :owner;
