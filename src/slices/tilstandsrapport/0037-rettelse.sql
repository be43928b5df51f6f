-- 0037: corrections after publication: what was wrong, what is right, and the version it led to.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE rapport_rettelse (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    id          BIGINT NOT NULL,
    rapport     BIGINT NOT NULL,
    nr          BIGINT NOT NULL CHECK (nr > 0),
    kind        TEXT NOT NULL CHECK (kind IN ('tekst', 'tall')),
    day         TEXT NOT NULL CHECK (length(day) = 10),
    kapittel    BIGINT NOT NULL CHECK (kapittel >= 0),             -- its number; 0: figures in several
    title       TEXT NOT NULL CHECK (length(title) <= 200),        -- of the chapter, as it was
    was         TEXT NOT NULL CHECK (length(was) BETWEEN 1 AND 4000),
    is_now      TEXT NOT NULL CHECK (length(is_now) BETWEEN 1 AND 4000),
    before      BIGINT NOT NULL,                                   -- the version that was wrong
    version     BIGINT NOT NULL,                                   -- the one that took its place
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, rapport, nr),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id),
    FOREIGN KEY (owner, before) REFERENCES rapport_versjon (owner, id),
    FOREIGN KEY (owner, version) REFERENCES rapport_versjon (owner, id),
    FOREIGN KEY (owner, recorded_by) REFERENCES person (owner, id)
);
