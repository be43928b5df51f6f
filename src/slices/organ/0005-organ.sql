-- 0005: bodies: kind, mandate, and members by position.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE organ (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('kommunestyre', 'formannskap', 'komite', 'ledergruppe', 'dialogmote',
                   'strategisk_ledergruppe', 'styringsgruppe', 'fellesmote', 'prosjektgruppe', 'arbeidsgruppe',
                   'su', 'fau', 'elevrad', 'annet')),
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    mandate    TEXT NOT NULL CHECK (length(mandate) <= 2000),
    parent     BIGINT,
    decides    BIGINT NOT NULL CHECK (decides IN (0, 1)),     -- may make a vedtak
    open       BIGINT NOT NULL CHECK (open IN (0, 1)),        -- meets in public by default
    case_prefix TEXT NOT NULL CHECK (length(case_prefix) <= 6), -- "PS"; "" when its cases carry no number
    valid_from TEXT NOT NULL CHECK (length(valid_from) BETWEEN 4 AND 10), -- fuzzy
    valid_to   TEXT CHECK (length(valid_to) BETWEEN 4 AND 10),
    origin     TEXT NOT NULL CHECK (origin IN ('seed', 'kontekst', 'syntetisk', 'register')),
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, parent) REFERENCES organ (owner, id)
);

CREATE TABLE organ_medlem (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    organ      BIGINT NOT NULL,
    stilling   BIGINT NOT NULL,                               -- by position, never by person
    duty       TEXT NOT NULL CHECK (duty IN ('leder', 'nestleder', 'medlem', 'sekretaer', 'observator', 'vara')),
    represents TEXT NOT NULL CHECK (length(represents) <= 120),
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    valid_to   TEXT CHECK (length(valid_to) = 10),
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, organ) REFERENCES organ (owner, id),
    FOREIGN KEY (owner, stilling) REFERENCES stilling (owner, id)
);
