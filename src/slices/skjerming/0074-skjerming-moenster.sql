-- 0074: what the public may see of an owner's own figures, worked out for all that hangs together.
--
-- A system is one family of figures in one period, over all units of the owner: counts of levels with
-- their sums, shares, means with their number of pupils. Its pattern is worked out once, by the program
-- that also attacks it, and every page, file and report uses that one.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE skjerming_system (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    family      TEXT NOT NULL CHECK (length(family) BETWEEN 1 AND 40),  -- NP.LES.5.N, SYK, GSI.ITO ...
    period      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('venter', 'trygg', 'lukket')), -- lukket: all of it is hidden
    mark        BIGINT NOT NULL,                        -- another one each time figures of it change
    rules       TEXT NOT NULL,                          -- version of the thresholds; "" while it waits
    input       TEXT NOT NULL,                          -- hash of all that it was worked out from
    engine      TEXT NOT NULL,
    method      TEXT NOT NULL,
    n_cells     BIGINT NOT NULL,
    n_hidden    BIGINT NOT NULL,                        -- of the owner's cells
    n_protected BIGINT NOT NULL,
    n_out       BIGINT NOT NULL,                        -- would be protected, but had been shown before
    n_unsafe    BIGINT NOT NULL,
    narrowest   DOUBLE PRECISION,                       -- the attacker's narrowest interval: times what is asked
    wholes      BIGINT,                                 -- fewest whole numbers that are possible
    made_at     BIGINT NOT NULL,
    PRIMARY KEY (owner, family, period)
);

-- The cells of it that the public does not see. Why stays inside.
CREATE TABLE skjerming_skjult (
    owner     BIGINT NOT NULL REFERENCES eier (id),
    indikator TEXT NOT NULL,
    period    TEXT NOT NULL,
    enhet     BIGINT NOT NULL,
    family    TEXT NOT NULL,
    reason    TEXT NOT NULL CHECK (reason IN ('kilde', 'primaer', 'sekundaer')),
    PRIMARY KEY (owner, indikator, period, enhet),
    FOREIGN KEY (owner, enhet) REFERENCES enhet (owner, id),
    FOREIGN KEY (owner, family, period) REFERENCES skjerming_system (owner, family, period)
);
CREATE INDEX skjerming_skjult_family ON skjerming_skjult (owner, family, period);

-- What has been shown: whoever remembers it knows it, so it can protect nothing any more.
CREATE TABLE skjerming_ute (
    owner     BIGINT NOT NULL REFERENCES eier (id),
    indikator TEXT NOT NULL,
    period    TEXT NOT NULL,
    enhet     BIGINT NOT NULL,
    value     DOUBLE PRECISION NOT NULL,
    first_at  BIGINT NOT NULL,
    PRIMARY KEY (owner, indikator, period, enhet),
    FOREIGN KEY (owner, enhet) REFERENCES enhet (owner, id)
);

-- The proof of a frozen release: what held for each system its public tables were taken from.
CREATE TABLE skjerming_bevis (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    release     BIGINT NOT NULL,
    family      TEXT NOT NULL,
    period      TEXT NOT NULL,
    state       TEXT NOT NULL,
    rules       TEXT NOT NULL,
    input       TEXT NOT NULL,
    engine      TEXT NOT NULL,
    n_hidden    BIGINT NOT NULL,
    n_protected BIGINT NOT NULL,
    n_out       BIGINT NOT NULL,
    n_unsafe    BIGINT NOT NULL,
    narrowest   DOUBLE PRECISION,
    wholes      BIGINT,
    PRIMARY KEY (owner, release, family, period)
);
