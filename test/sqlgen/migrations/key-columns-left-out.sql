-- expect 2: note: write the columns of eier that are meant
CREATE TABLE note (id BIGINT NOT NULL PRIMARY KEY REFERENCES eier);
