-- 0016: the audit log: a chain of lines for each owner, its end, and what was sealed before old lines went.
-- SPDX-License-Identifier: EUPL-1.2

-- owner 0 is the installation, hence no foreign key to eier; people and objects may be gone before the line.
CREATE TABLE revisjon (
    owner   BIGINT NOT NULL,
    seq     BIGINT NOT NULL CHECK (seq > 0),              -- 1, 2, 3... without a gap
    at      BIGINT NOT NULL,                              -- microseconds UTC
    person  BIGINT NOT NULL,                              -- who; 0: nobody signed in
    role    TEXT NOT NULL CHECK (length(role) <= 8),
    act     TEXT NOT NULL CHECK (length(act) BETWEEN 1 AND 200),
    object  BIGINT NOT NULL,                              -- what; 0: nothing one can name
    subject BIGINT NOT NULL,                              -- the person it is about; 0: none
    detail  TEXT NOT NULL CHECK (length(detail) <= 400),
    client  TEXT NOT NULL CHECK (length(client) <= 60),
    prev    TEXT NOT NULL CHECK (length(prev) = 64),      -- hash of the line before
    hash    TEXT NOT NULL CHECK (length(hash) = 64),      -- of all the above: revisjon.h
    PRIMARY KEY (owner, seq)
);
CREATE INDEX revisjon_at ON revisjon (owner, at);
CREATE INDEX revisjon_person ON revisjon (owner, person, at);
CREATE INDEX revisjon_subject ON revisjon (owner, subject, at);
CREATE INDEX revisjon_object ON revisjon (owner, object, at);

-- Where the next line joins. It also tells when lines have been cut off the end.
CREATE TABLE revisjon_ende (
    owner BIGINT NOT NULL PRIMARY KEY,
    seq   BIGINT NOT NULL CHECK (seq >= 0),
    hash  TEXT NOT NULL CHECK (length(hash) = 64)
);

-- The last of the lines that were removed because of their age: what is left joins here.
CREATE TABLE revisjon_segl (
    owner   BIGINT NOT NULL,
    seq     BIGINT NOT NULL CHECK (seq > 0),
    hash    TEXT NOT NULL CHECK (length(hash) = 64),
    made_at BIGINT NOT NULL,
    n       BIGINT NOT NULL CHECK (n > 0),                -- how many lines went
    PRIMARY KEY (owner, seq)
);

REFUSE UPDATE ON revisjon;
REFUSE DELETE ON revisjon UNLESS (EXISTS (SELECT 1 FROM revisjon_segl s
                                           WHERE s.owner = OLD.owner AND s.seq >= OLD.seq));
REFUSE UPDATE ON revisjon_ende UNLESS (NEW.owner = OLD.owner AND NEW.seq = OLD.seq + 1);
REFUSE DELETE ON revisjon_ende;
REFUSE INSERT ON revisjon_segl UNLESS (EXISTS (SELECT 1 FROM revisjon r
                                                WHERE r.owner = NEW.owner AND r.seq = NEW.seq
                                                  AND r.hash = NEW.hash));
REFUSE UPDATE ON revisjon_segl;
REFUSE DELETE ON revisjon_segl;
