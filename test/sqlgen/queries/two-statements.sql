-- expect 4: both: more than one statement
-- query both(int id) -> nothing
DELETE FROM eier WHERE id = :id;
DELETE FROM eier WHERE id = 1;
