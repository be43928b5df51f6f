-- expect 2: what: column id can be NULL (outer join): declare int?
-- query what(int owner) -> rows(int id, text name)
SELECT w.id, e.name FROM walk w RIGHT JOIN enhet e ON e.owner = w.owner AND e.id = w.school
 WHERE w.owner = :owner;
