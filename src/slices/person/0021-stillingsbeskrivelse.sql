-- 0021: what a position is for, as versions: one draft at most, and what was approved never changes.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE stilling_beskrivelse (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    id          BIGINT NOT NULL,
    stilling    BIGINT NOT NULL,
    version     BIGINT NOT NULL CHECK (version BETWEEN 1 AND 10000),
    state       TEXT NOT NULL CHECK (state IN ('utkast', 'godkjent')),
    text        TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 40000),          -- CommonMark
    edit        BIGINT NOT NULL CHECK (edit >= 1),                               -- rises with each change of a draft
    valid_from  TEXT CHECK (length(valid_from) = 10),                            -- NULL for a draft
    written_by  BIGINT NOT NULL,                                                 -- who wrote it last
    written_at  BIGINT NOT NULL,
    approved_by BIGINT,
    approved_at BIGINT,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, stilling, version),
    CHECK ((state = 'utkast') = (approved_by IS NULL)),
    CHECK ((state = 'utkast') = (valid_from IS NULL)),
    FOREIGN KEY (owner, stilling) REFERENCES stilling (owner, id),
    FOREIGN KEY (owner, written_by) REFERENCES person (owner, id),
    FOREIGN KEY (owner, approved_by) REFERENCES person (owner, id)
);
CREATE UNIQUE INDEX stilling_beskrivelse_utkast ON stilling_beskrivelse (owner, stilling) WHERE state = 'utkast';
CREATE INDEX stilling_innehaver_person ON stilling_innehaver (owner, person);
CREATE INDEX stilling_innehaver_stilling ON stilling_innehaver (owner, stilling);
