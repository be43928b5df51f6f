-- expect 2: note: the primary key does not begin with owner
CREATE TABLE note (owner BIGINT NOT NULL, id BIGINT NOT NULL PRIMARY KEY);
