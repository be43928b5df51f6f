-- expect 2: deferrable: a late failure would sink
CREATE TABLE note (id BIGINT NOT NULL PRIMARY KEY REFERENCES eier (id) DEFERRABLE INITIALLY DEFERRED);
