-- accept
CREATE TABLE note (
    owner BIGINT NOT NULL REFERENCES eier (id), -- AUTOINCREMENT, SERIAL: only words
    id    BIGINT NOT NULL,
    walk  BIGINT NOT NULL,
    up    BIGINT,
    body  TEXT NOT NULL DEFAULT 'now(); DROP TABLE x' CHECK (length(body) > 0),
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, walk) REFERENCES walk (owner, id) ON DELETE CASCADE ON UPDATE NO ACTION,
    FOREIGN KEY (owner, up) REFERENCES note (owner, id) ON DELETE SET NULL
);
CREATE UNIQUE INDEX note_walk ON note (owner, walk) WHERE up IS NULL;
ALTER TABLE walk ADD COLUMN extra BIGINT;
INSERT INTO eier (id, name) VALUES (1, 'x');
DROP INDEX note_walk;
