-- accept
-- A literal, a quoted name or a comment never triggers a rule: now(), SELECT *, ILIKE.
-- query quiet(int owner) -> rows(text a, text b, int now, text c)
SELECT 'now(); SELECT * FROM x -> y::text' AS a, -- lower(x), :nobody
       'it''s TRUE; json_extract()' AS b, /* ILIKE ; */
       w.id AS "now", 'a -- b' AS c
  FROM walk w WHERE w.owner = :owner;
