-- expect 3: note.x: type 'TIMESTAMP' is none of BIGINT
CREATE TABLE note (id BIGINT NOT NULL PRIMARY KEY,
    x TIMESTAMP);
