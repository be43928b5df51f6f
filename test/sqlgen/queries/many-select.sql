-- expect 2: add: many is for an INSERT with one row of VALUES that holds all its arguments
-- query add(int id) -> nothing many
INSERT INTO eier (id, name) SELECT :id, 'x' FROM eier e;
