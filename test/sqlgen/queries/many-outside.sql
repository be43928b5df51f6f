-- expect 2: add: many is for an INSERT with one row of VALUES that holds all its arguments
-- query add(int id, text name) -> nothing many
INSERT INTO eier (id, name) VALUES (:id, 'x (') ON CONFLICT (id) DO UPDATE SET name = :name;
