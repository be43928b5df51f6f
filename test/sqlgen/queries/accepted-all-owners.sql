-- accept
-- query everyone() -> rows(int owner)
-- all owners: an address finds its owner by the id
SELECT w.owner FROM walk w;
