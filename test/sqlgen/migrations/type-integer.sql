-- expect 3: note.x: type 'INTEGER' is none of BIGINT
CREATE TABLE note (id BIGINT NOT NULL PRIMARY KEY,
    x INTEGER);
