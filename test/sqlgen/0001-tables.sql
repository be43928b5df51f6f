-- 0001: the tables that the cases of test/sqlgen ask about.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE eier (
    id   BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    host TEXT
);
CREATE TABLE enhet (
    owner BIGINT NOT NULL REFERENCES eier (id),
    id    BIGINT NOT NULL,
    name  TEXT NOT NULL,
    PRIMARY KEY (owner, id)
);
CREATE TABLE walk (
    owner     BIGINT NOT NULL REFERENCES eier (id),
    id        BIGINT NOT NULL,
    school    BIGINT NOT NULL,
    walked_on TEXT NOT NULL,
    class     TEXT NOT NULL,
    focus     TEXT,
    share     DOUBLE PRECISION,
    picture   BYTEA,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, school) REFERENCES enhet (owner, id) ON DELETE CASCADE
);
