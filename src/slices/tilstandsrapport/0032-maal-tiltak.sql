-- 0032: local goals and judgement per indicator, measures as data, and what became of last year's.
-- Numbers here are what people wrote, as text: no value of the data stands in these tables.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE rapport_maal (
    owner     BIGINT NOT NULL REFERENCES eier (id),
    id        BIGINT NOT NULL,
    kapittel  BIGINT NOT NULL,
    indicator TEXT NOT NULL CHECK (length(indicator) <= 40),  -- code; '': none, words alone
    goal      TEXT NOT NULL CHECK (length(goal) BETWEEN 1 AND 1000),
    direction TEXT NOT NULL CHECK (direction IN ('', 'opp', 'ned', 'hold')),
    baseline  TEXT NOT NULL CHECK (length(baseline) <= 80),
    target    TEXT NOT NULL CHECK (length(target) <= 80),
    due       TEXT CHECK (length(due) = 10),
    judgement TEXT NOT NULL CHECK (length(judgement) <= 4000),
    version   BIGINT NOT NULL CHECK (version > 0),
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, kapittel) REFERENCES rapport_kapittel (owner, id) ON DELETE CASCADE
);
CREATE INDEX rapport_maal_kapittel ON rapport_maal (owner, kapittel);

CREATE TABLE rapport_tiltak (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    id          BIGINT NOT NULL,
    kapittel    BIGINT NOT NULL,
    measure     TEXT NOT NULL CHECK (length(measure) BETWEEN 1 AND 1000),
    responsible BIGINT,                                       -- position
    starts      TEXT CHECK (length(starts) = 10),
    due         TEXT CHECK (length(due) = 10),
    indicator   TEXT NOT NULL CHECK (length(indicator) <= 40), -- the one it should move; ''
    status      TEXT NOT NULL CHECK (status IN ('planlagt', 'pagar', 'gjennomfort', 'viderefores', 'avsluttet')),
    note        TEXT NOT NULL CHECK (length(note) <= 2000),
    version     BIGINT NOT NULL CHECK (version > 0),
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, kapittel) REFERENCES rapport_kapittel (owner, id) ON DELETE CASCADE,
    FOREIGN KEY (owner, responsible) REFERENCES stilling (owner, id)
);
CREATE INDEX rapport_tiltak_kapittel ON rapport_tiltak (owner, kapittel);

-- What this report says of a measure or a follow-up item of the report before it.
CREATE TABLE rapport_ifjor (
    owner   BIGINT NOT NULL REFERENCES eier (id),
    id      BIGINT NOT NULL,
    rapport BIGINT NOT NULL,
    item    BIGINT NOT NULL,                                  -- rapport_tiltak or rapport_oppfolging; its own id when written by hand
    task    TEXT NOT NULL CHECK (length(task) BETWEEN 1 AND 1000), -- as it was worded then
    status  TEXT NOT NULL CHECK (status IN ('planlagt', 'pagar', 'gjennomfort', 'viderefores', 'avsluttet', '')),
    note    TEXT NOT NULL CHECK (length(note) <= 2000),
    version BIGINT NOT NULL CHECK (version > 0),
    PRIMARY KEY (owner, id),
    UNIQUE (owner, rapport, item),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id) ON DELETE CASCADE
);
