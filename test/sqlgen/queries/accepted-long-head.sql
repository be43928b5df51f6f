-- accept
-- query long_head(int owner,
--                 int id)
--   -> rows(int id,
--           text class)
SELECT w.id, w.class FROM walk w WHERE w.owner = :owner AND w.id = :id;
