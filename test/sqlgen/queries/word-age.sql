-- expect 4: age(): dates
-- query word(int owner) -> rows(int id)
SELECT w.id FROM walk w
 WHERE w.owner = :owner AND age(w.walked_on) = 'x';
