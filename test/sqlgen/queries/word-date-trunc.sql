-- expect 4: date_trunc(): dates
-- query word(int owner) -> rows(int id)
SELECT w.id FROM walk w
 WHERE w.owner = :owner AND date_trunc('day', w.walked_on) = 'x';
