-- expect 2: near
CREATE TABLE note (id BIGINT NOT NULL PRIMARY KEY,,);
