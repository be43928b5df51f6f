-- expect 4: nextval(): ids come from id_new()
-- query word(int owner) -> rows(int id)
SELECT w.id FROM walk w
 WHERE w.owner = :owner AND w.id = nextval('s');
