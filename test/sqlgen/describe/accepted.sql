-- accept
-- query n(int owner, text? focus) -> row(int n, int id, real? share, text x)
SELECT count(*) AS n, CAST(sum(w.id) AS BIGINT) AS id, avg(w.share) AS share, 'x' AS x FROM walk w
 WHERE w.owner = :owner AND (:focus IS NULL OR w.focus = :focus);
