-- expect 3: note.x: type '' is none of BIGINT
CREATE TABLE note (id BIGINT NOT NULL PRIMARY KEY,
    x );
