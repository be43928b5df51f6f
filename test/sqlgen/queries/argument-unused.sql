-- expect 2: what: the statement does not use :name
-- query what(int id, text name) -> nothing
DELETE FROM eier WHERE id = :id;
