-- expect 3: add: INSERT without its columns
-- query add(int id) -> nothing
INSERT INTO eier VALUES (:id, 'x', NULL);
