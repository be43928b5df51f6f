-- accept
-- query add_many(int id, text name) -> nothing many
INSERT INTO eier (id, name) VALUES (:id, :name);
