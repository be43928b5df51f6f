-- 0035: the dialogue meeting: place, questions, agenda, who came, input with answers, minutes.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE rapport_dialogmote (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    rapport    BIGINT NOT NULL,
    place      TEXT NOT NULL CHECK (length(place) <= 200),
    starts     TEXT NOT NULL CHECK (length(starts) <= 5),         -- "18:00"; "" when not set
    questions  TEXT NOT NULL CHECK (length(questions) <= 4000),   -- for the groups, one a line
    minutes    TEXT NOT NULL CHECK (length(minutes) <= 20000),    -- in plain language, CommonMark
    version    BIGINT NOT NULL CHECK (version > 0),               -- rises by one with each change
    changed_at BIGINT NOT NULL,
    changed_by BIGINT,
    PRIMARY KEY (owner, rapport),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id),
    FOREIGN KEY (owner, changed_by) REFERENCES person (owner, id)
);

-- How many came from each group; never who.
CREATE TABLE rapport_deltakere (
    owner   BIGINT NOT NULL REFERENCES eier (id),
    rapport BIGINT NOT NULL,
    gruppe  TEXT NOT NULL CHECK (length(gruppe) BETWEEN 1 AND 20), -- innspill.c's table
    number  BIGINT NOT NULL CHECK (number BETWEEN 1 AND 999),
    PRIMARY KEY (owner, rapport, gruppe),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id)
);

CREATE TABLE rapport_dialogpunkt (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    id          BIGINT NOT NULL,
    rapport     BIGINT NOT NULL,
    nr          BIGINT NOT NULL CHECK (nr > 0),
    gruppe      TEXT NOT NULL CHECK (length(gruppe) BETWEEN 1 AND 20),
    text        TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 400),
    status      TEXT NOT NULL CHECK (status IN ('foreslatt', 'satt_pa', 'avvist')),
    reason      TEXT NOT NULL CHECK (length(reason) <= 1000),
    proposed_at BIGINT NOT NULL,
    proposed_by BIGINT,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, rapport, nr),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id),
    FOREIGN KEY (owner, proposed_by) REFERENCES person (owner, id)
);

CREATE TABLE rapport_innspill (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    id          BIGINT NOT NULL,
    rapport     BIGINT NOT NULL,
    nr          BIGINT NOT NULL CHECK (nr > 0),
    gruppe      TEXT NOT NULL CHECK (length(gruppe) BETWEEN 1 AND 20),
    organ       BIGINT,                                            -- the body it is from, where there is one
    kapittel    BIGINT NOT NULL CHECK (kapittel >= 0),             -- number of the chapter it concerns; 0: the whole
    occasion    TEXT NOT NULL CHECK (occasion IN ('for', 'mote')), -- before the meeting, or at it
    given_on    TEXT NOT NULL CHECK (length(given_on) = 10),
    text        TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
    status      TEXT NOT NULL CHECK (status IN ('mottatt', 'tatt_inn', 'delvis', 'ikke_tatt_inn')),
    answer      TEXT NOT NULL CHECK (length(answer) <= 4000),      -- the reason, and what was done
    answered_on TEXT CHECK (length(answered_on) = 10),
    answered_by BIGINT,
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT,
    version     BIGINT NOT NULL CHECK (version > 0),
    PRIMARY KEY (owner, id),
    UNIQUE (owner, rapport, nr),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id),
    FOREIGN KEY (owner, organ) REFERENCES organ (owner, id),
    FOREIGN KEY (owner, answered_by) REFERENCES person (owner, id),
    FOREIGN KEY (owner, recorded_by) REFERENCES person (owner, id)
);
