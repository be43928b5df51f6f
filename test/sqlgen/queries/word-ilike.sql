-- expect 4: ilike: PostgreSQL alone
-- query word(int owner) -> rows(int id)
SELECT w.id FROM walk w
 WHERE w.owner = :owner AND w.class ILIKE 'a%';
