-- expect 2: what: column class is never NULL: declare text
-- query what(int owner) -> rows(text? class, text? name)
SELECT w.class, e.name FROM walk w LEFT JOIN enhet e ON e.owner = w.owner AND e.id = w.school
 WHERE w.owner = :owner;
