-- 0022: roles that follow a position, deputies, and roles proposed by one and approved by another.
-- SPDX-License-Identifier: EUPL-1.2

-- Whoever holds the position has the role while holding it, and nobody else but a deputy.
CREATE TABLE stilling_rolle (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    stilling   BIGINT NOT NULL,
    role       TEXT NOT NULL CHECK (length(role) = 2),
    unit       BIGINT,                                        -- scope; NULL: the whole owner
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    valid_to   TEXT CHECK (length(valid_to) = 10),            -- last day
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, stilling) REFERENCES stilling (owner, id),
    FOREIGN KEY (owner, unit) REFERENCES enhet (owner, id)
);
CREATE INDEX stilling_rolle_stilling ON stilling_rolle (owner, stilling);

CREATE TABLE stedfortreder (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    stilling   BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    valid_to   TEXT NOT NULL CHECK (length(valid_to) = 10),   -- last day; always said, at most a year on
    named_by   BIGINT NOT NULL,
    named_at   BIGINT NOT NULL,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, stilling) REFERENCES stilling (owner, id),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id),
    FOREIGN KEY (owner, named_by) REFERENCES person (owner, id)
);
CREATE INDEX stedfortreder_person ON stedfortreder (owner, person);
CREATE INDEX stedfortreder_stilling ON stedfortreder (owner, stilling);

CREATE TABLE rolle_forslag (
    owner        BIGINT NOT NULL REFERENCES eier (id),
    id           BIGINT NOT NULL,
    person       BIGINT,                                      -- for one of these two
    stilling     BIGINT,
    role         TEXT NOT NULL CHECK (length(role) = 2),
    unit         BIGINT,
    valid_from   TEXT NOT NULL CHECK (length(valid_from) = 10),
    valid_to     TEXT CHECK (length(valid_to) = 10),
    reason       TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 400),
    proposed_by  BIGINT NOT NULL,
    proposed_at  BIGINT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('venter', 'godkjent', 'avslatt', 'trukket')),
    decided_by   BIGINT,
    decided_at   BIGINT,
    decided_why  TEXT NOT NULL CHECK (length(decided_why) <= 400),
    alone        BIGINT NOT NULL CHECK (alone IN (0, 1)),     -- approved by the one who proposed: docs/decisions/0008
    PRIMARY KEY (owner, id),
    CHECK ((person IS NULL) <> (stilling IS NULL)),
    CHECK ((state = 'venter') = (decided_by IS NULL)),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id),
    FOREIGN KEY (owner, stilling) REFERENCES stilling (owner, id),
    FOREIGN KEY (owner, unit) REFERENCES enhet (owner, id),
    FOREIGN KEY (owner, proposed_by) REFERENCES person (owner, id),
    FOREIGN KEY (owner, decided_by) REFERENCES person (owner, id)
);
CREATE INDEX rolle_forslag_state ON rolle_forslag (owner, state);

-- Not NULL: no grant, but what a session holds on to when its role follows a position; whether the
-- role holds is asked of the position each time.
ALTER TABLE rolle ADD COLUMN position_role BIGINT;
