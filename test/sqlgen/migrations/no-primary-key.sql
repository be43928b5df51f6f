-- expect 2: note: no primary key
CREATE TABLE note (id BIGINT NOT NULL);
