-- expect 3: add: INSERT OR: write ON CONFLICT
-- query add(int id) -> nothing
INSERT OR REPLACE INTO eier (id, name) VALUES (:id, 'x');
