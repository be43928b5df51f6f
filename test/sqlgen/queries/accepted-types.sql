-- accept
-- query types(int owner, int? school, real? share, text? focus, blob picture) -> rows(int id, text? focus, real? share, blob? picture)
SELECT w.id, w.focus, w.share, w.picture
  FROM walk w
 WHERE w.owner = :owner AND w.school = :school AND w.share < :share AND w.focus = :focus
   AND w.picture = :picture;
