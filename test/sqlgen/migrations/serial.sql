-- expect 2: serial: ids come from id_new()
CREATE TABLE note (id SERIAL PRIMARY KEY);
