-- 0003: people apart from the positions they hold, both dated.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE person (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    origin     TEXT NOT NULL CHECK (origin IN ('seed', 'kontekst', 'syntetisk', 'register')),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner, id)
);

CREATE TABLE stilling (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    unit       BIGINT NOT NULL,                               -- where it belongs
    title      TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
    replaces   TEXT CHECK (length(replaces) BETWEEN 1 AND 120), -- the title it took over from
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    valid_to   TEXT CHECK (length(valid_to) = 10),
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, unit) REFERENCES enhet (owner, id)
);

CREATE TABLE stilling_innehaver (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    stilling   BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    valid_to   TEXT CHECK (length(valid_to) = 10),
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, stilling) REFERENCES stilling (owner, id),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id)
);
