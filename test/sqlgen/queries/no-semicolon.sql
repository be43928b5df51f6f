-- expect 2: open: no statement that ends with ';'
-- query open(int id) -> nothing
DELETE FROM eier WHERE id = :id
