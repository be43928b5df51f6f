-- 0043: case papers of the political bodies, in versions; and excerpts of the minutes.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE saksframlegg (
    owner   BIGINT NOT NULL REFERENCES eier (id),
    id      BIGINT NOT NULL,
    rapport BIGINT NOT NULL,
    step    BIGINT NOT NULL CHECK (step IN (3, 4)),                -- executive committee, council
    PRIMARY KEY (owner, id),
    UNIQUE (owner, rapport, step),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id)
);

-- A version is never changed; the chief executive approves the newest one.
CREATE TABLE saksframlegg_versjon (
    owner          BIGINT NOT NULL REFERENCES eier (id),
    id             BIGINT NOT NULL,
    saksframlegg   BIGINT NOT NULL,
    nr             BIGINT NOT NULL CHECK (nr > 0),
    title          TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    handler        TEXT NOT NULL CHECK (length(handler) <= 120),   -- title of a position, not a name
    archive_case   TEXT NOT NULL CHECK (length(archive_case) <= 40),
    archive_code   TEXT NOT NULL CHECK (length(archive_code) <= 40),
    recommendation TEXT NOT NULL CHECK (length(recommendation) <= 8000),
    attachments    TEXT NOT NULL CHECK (length(attachments) <= 4000), -- one a line, beside the report
    facts          TEXT NOT NULL CHECK (length(facts) <= 60000),   -- CommonMark, like what follows
    assessment     TEXT NOT NULL CHECK (length(assessment) <= 30000),
    economy        TEXT NOT NULL CHECK (length(economy) <= 10000),
    children       TEXT NOT NULL CHECK (length(children) <= 10000),
    climate        TEXT NOT NULL CHECK (length(climate) <= 10000),
    conclusion     TEXT NOT NULL CHECK (length(conclusion) <= 10000),
    made_at        BIGINT NOT NULL,
    made_by        BIGINT,
    approved_at    BIGINT,
    approved_by    BIGINT,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, saksframlegg, nr),
    FOREIGN KEY (owner, saksframlegg) REFERENCES saksframlegg (owner, id),
    FOREIGN KEY (owner, made_by) REFERENCES person (owner, id),
    FOREIGN KEY (owner, approved_by) REFERENCES person (owner, id)
);

-- What an excerpt of the minutes has that the minutes have not: to whom it goes, and who vouches for it.
CREATE TABLE saerutskrift (
    owner        BIGINT NOT NULL REFERENCES eier (id),
    event        BIGINT NOT NULL,
    recipients   TEXT NOT NULL CHECK (length(recipients) <= 4000), -- one a line
    outside      BIGINT NOT NULL CHECK (outside IN (0, 1)),        -- somebody outside the municipality gets it
    certifier    TEXT NOT NULL CHECK (length(certifier) <= 120),   -- title of a position; '': not certified
    certified_on TEXT CHECK (length(certified_on) = 10),
    version      BIGINT NOT NULL CHECK (version > 0),
    changed_at   BIGINT NOT NULL,
    changed_by   BIGINT,
    PRIMARY KEY (owner, event),
    FOREIGN KEY (owner, event) REFERENCES rapport_hendelse (owner, id),
    FOREIGN KEY (owner, changed_by) REFERENCES person (owner, id)
);
