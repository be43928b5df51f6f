-- expect 3: note.x: type 'VARCHAR(10)' is none of BIGINT
CREATE TABLE note (id BIGINT NOT NULL PRIMARY KEY,
    x VARCHAR(10));
