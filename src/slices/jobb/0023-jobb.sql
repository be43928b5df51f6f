-- 0023: the queue of work outside requests, and the clock that adds to it.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE jobb (
    owner    BIGINT NOT NULL,                                       -- 0: of the installation, so no foreign key
    id       BIGINT NOT NULL,
    kind     TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),   -- of some slice's JobKind
    key      TEXT CHECK (length(key) BETWEEN 1 AND 400),            -- no second one while this is kept
    title    TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
    args     TEXT NOT NULL CHECK (length(args) <= 4000),
    person   BIGINT NOT NULL,                                       -- who asked; 0: nobody, or the clock
    state    TEXT NOT NULL CHECK (state IN ('venter', 'arbeider', 'ferdig', 'mislykket', 'avbrutt')),
    attempt  BIGINT NOT NULL,                                       -- tries begun
    attempts BIGINT NOT NULL CHECK (attempts BETWEEN 1 AND 10),     -- tries in all
    fence    BIGINT NOT NULL,                                       -- rises with each claim: an old holder knows
    due      BIGINT NOT NULL,                                       -- microseconds UTC
    lease    BIGINT NOT NULL,                                       -- the claim holds until then
    stop     BIGINT NOT NULL CHECK (stop IN (0, 1)),                -- somebody has cancelled it
    done     BIGINT NOT NULL,
    total    BIGINT NOT NULL,                                       -- 0: not known
    text     TEXT NOT NULL CHECK (length(text) <= 1000),
    path     TEXT CHECK (length(path) <= 1000),
    added    BIGINT NOT NULL,
    started  BIGINT,                                                -- the last try
    ended    BIGINT,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, key)
);
CREATE INDEX jobb_next ON jobb (state, due);
CREATE INDEX jobb_own ON jobb (owner, person, id);

-- The slot of time for which a kind was last added by the clock: whoever moves it forward adds the job.
CREATE TABLE jobb_klokke (
    owner BIGINT NOT NULL,
    kind  TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    slot  BIGINT NOT NULL,
    PRIMARY KEY (owner, kind)
);
