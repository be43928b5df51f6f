-- 0011: what an owner tells the public about itself: its main goal, and how it got here.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE hovedmal (
    owner  BIGINT NOT NULL REFERENCES eier (id),
    goal   TEXT NOT NULL CHECK (length(goal) BETWEEN 1 AND 1000),   -- verbatim, as it was decided
    source TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 400),  -- where it stands
    origin TEXT NOT NULL CHECK (origin IN ('seed', 'kontekst', 'syntetisk', 'register')),
    PRIMARY KEY (owner)
);

CREATE TABLE historikk (
    owner  BIGINT NOT NULL REFERENCES eier (id),
    id     BIGINT NOT NULL,
    at     TEXT NOT NULL CHECK (length(at) BETWEEN 1 AND 10),       -- fuzzy date, i18n.h
    title  TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    text   TEXT NOT NULL CHECK (length(text) <= 1000),
    origin TEXT NOT NULL CHECK (origin IN ('seed', 'kontekst', 'syntetisk', 'register')),
    PRIMARY KEY (owner, id)
);
