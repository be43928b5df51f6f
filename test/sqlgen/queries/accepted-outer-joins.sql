-- accept
-- query outer_left(int owner) -> rows(int id, text? name)
SELECT w.id, e.name
  FROM walk w LEFT JOIN enhet e ON (e.owner = w.owner) AND e.id = w.school
 WHERE w.owner = :owner;

-- query outer_twice(int owner) -> rows(text name, text? other)
SELECT a.name, b.name AS other
  FROM enhet a JOIN enhet c ON c.owner = a.owner AND c.id = a.id
  LEFT OUTER JOIN enhet b ON b.owner = a.owner AND b.id = a.id + 1
 WHERE a.owner = :owner;

-- query outer_right(int owner) -> rows(int? id, text name)
SELECT w.id, e.name
  FROM walk w RIGHT JOIN enhet e ON e.owner = w.owner AND e.id = w.school
 WHERE e.owner = :owner;

-- query outer_full(int owner) -> rows(int? id, text? name)
SELECT w.id, e.name
  FROM walk w FULL JOIN enhet e ON e.owner = w.owner AND e.id = w.school
 WHERE w.owner = :owner;

-- query outer_of_cte(int owner) -> rows(int id, text? name)
WITH big AS (SELECT e.owner, e.id, e.name FROM enhet e WHERE e.owner = :owner)
SELECT w.id, b.name FROM walk w LEFT JOIN big b ON b.owner = w.owner AND b.id = w.school
 WHERE w.owner = :owner;
