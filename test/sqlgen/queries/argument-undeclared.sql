-- expect 3: what: the query line lacks :name
-- query what(int id) -> nothing
DELETE FROM eier WHERE id = :id AND name = :name;
