-- expect 2: note.owner: must be NOT NULL
CREATE TABLE note (id BIGINT NOT NULL PRIMARY KEY, owner BIGINT);
