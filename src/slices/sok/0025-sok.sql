-- 0025: what can be searched for, and by whom.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE sok_dokument (
    owner       BIGINT NOT NULL,                              -- 0: of the installation
    id          BIGINT NOT NULL,
    kind        TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    object      BIGINT NOT NULL,
    part        TEXT NOT NULL CHECK (length(part) <= 40),     -- language, audience...
    language    TEXT NOT NULL CHECK (language IN ('', 'nb', 'nn', 'en')), -- shown to readers of it; '': to all
    gate        TEXT NOT NULL,                                -- name of the permission that opens it
    unit        BIGINT,                                       -- seen by those who may on this unit
    title       TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
    body        TEXT NOT NULL CHECK (length(body) <= 4000),   -- its beginning, for the excerpt
    path        TEXT NOT NULL CHECK (length(path) BETWEEN 1 AND 300),
    at          TEXT NOT NULL CHECK (length(at) <= 10),       -- date, ''
    digest      TEXT NOT NULL CHECK (length(digest) = 64),    -- of all that was put in
    title_words TEXT NOT NULL,                                -- stems (i18n, stem.h)
    words       TEXT NOT NULL,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, kind, object, part)
);
SEARCH sok_dokument (title_words, words) BY id;
