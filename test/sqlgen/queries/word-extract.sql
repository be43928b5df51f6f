-- expect 4: extract(): dates
-- query word(int owner) -> rows(int id)
SELECT w.id FROM walk w
 WHERE w.owner = :owner AND EXTRACT(year FROM w.walked_on) > 1;
