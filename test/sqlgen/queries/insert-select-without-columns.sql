-- expect 3: add: INSERT without its columns
-- query add(int id) -> nothing
INSERT INTO eier SELECT :id, 'x', NULL;
