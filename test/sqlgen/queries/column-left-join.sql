-- expect 2: what: column name can be NULL (outer join): declare text?
-- query what(int owner) -> rows(int id, text name)
SELECT w.id, e.name FROM walk w LEFT JOIN enhet e ON e.owner = w.owner AND e.id = w.school
 WHERE w.owner = :owner;
