-- expect 4: to_char(): dates
-- query word(int owner) -> rows(int id)
SELECT w.id FROM walk w
 WHERE w.owner = :owner AND to_char(w.id) = 'x';
