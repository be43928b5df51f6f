-- 0010: finding public units by number alone, and uploads that wait for a yes.
-- SPDX-License-Identifier: EUPL-1.2
CREATE INDEX stat_enhet_code ON stat_enhet (code);

-- A file that was shown as a dry run and can be stored as it is, by the one who sent it, for an hour.
CREATE TABLE import_venter (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    filename   TEXT NOT NULL CHECK (length(filename) BETWEEN 1 AND 255),
    format     TEXT NOT NULL,
    shared     BIGINT NOT NULL CHECK (shared IN (0, 1)), -- 1: to the public store, 0: to the owner's own
    data       BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id)
);
CREATE INDEX import_venter_created ON import_venter (created_at);
