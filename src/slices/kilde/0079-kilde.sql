-- 0079: sources on the net that this installation fetches from, and a stored copy of each answer.
-- Public statistics for all owners, so no table has an owner.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE kilde (
    id          BIGINT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
    url         TEXT NOT NULL CHECK (length(url) BETWEEN 8 AND 2000), -- {dato}, {aar}, {fjoraar} are filled in
    body        TEXT NOT NULL CHECK (length(body) <= 8000),           -- JSON to POST; "": GET
    kind        TEXT NOT NULL CHECK (kind IN ('json', 'csv', 'px', 'xlsx')),
    hours       BIGINT NOT NULL CHECK (hours BETWEEN 1 AND 8760),
    straight    BIGINT NOT NULL CHECK (straight IN (0, 1)),           -- imported without a yes
    active      BIGINT NOT NULL CHECK (active IN (0, 1)),
    structure   TEXT,                                                 -- as it was accepted; NULL: none yet
    asked_url   TEXT NOT NULL,                                        -- what etag and modified are about
    etag        TEXT,
    modified    TEXT,
    due_at      BIGINT NOT NULL,                                      -- microseconds UTC, as all below
    busy_until  BIGINT NOT NULL,                                      -- somebody asks it now
    last_try_at BIGINT,
    last_ok_at  BIGINT,
    trouble     TEXT NOT NULL,                                        -- the last one, fetch.h's code; ""
    words       TEXT NOT NULL,                                        -- of the other side, or what was refused
    trouble_at  BIGINT,
    failures    BIGINT NOT NULL,                                      -- in a row; 0: the last one went well
    n_asked     BIGINT NOT NULL,
    n_failed    BIGINT NOT NULL,
    added_at    BIGINT NOT NULL
);

-- What came, newest counted from the end. The bytes go after a while; what they were stays.
CREATE TABLE kilde_svar (
    id         BIGINT NOT NULL PRIMARY KEY,
    kilde      BIGINT NOT NULL REFERENCES kilde (id) ON DELETE CASCADE,
    fetched_at BIGINT NOT NULL,
    url        TEXT NOT NULL,
    status     BIGINT NOT NULL,                                       -- of HTTP
    type       TEXT NOT NULL,
    headers    TEXT NOT NULL,
    sha256     TEXT NOT NULL CHECK (length(sha256) = 64),
    size       BIGINT NOT NULL,
    data       BYTEA,                                                 -- NULL: let go
    state      TEXT NOT NULL CHECK (state IN ('venter', 'lagret', 'ny_form', 'avvist', 'droppet')),
    note       TEXT NOT NULL,                                         -- why it was refused; ""
    structure  TEXT NOT NULL
);
CREATE INDEX kilde_svar_nyeste ON kilde_svar (kilde, fetched_at);

-- What came before the line broke, to be gone on with.
CREATE TABLE kilde_del (
    kilde   BIGINT NOT NULL PRIMARY KEY REFERENCES kilde (id) ON DELETE CASCADE,
    url     TEXT NOT NULL,
    mark    TEXT NOT NULL,                                            -- ETag or Last-Modified
    packing TEXT NOT NULL,
    data    BYTEA NOT NULL
);

-- No host is asked more often than the settings say, whoever asks.
CREATE TABLE kilde_vert (
    origin  TEXT NOT NULL PRIMARY KEY,
    next_at BIGINT NOT NULL
);
