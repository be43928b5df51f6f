-- 0073: what became of municipalities, and which units of the registers have closed.
--
-- A figure follows a municipality only through a new name, a new number or a merge: never through a split
-- (deling) or a moved boundary (grense), where only a part went over.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE stat_enhet_endring (
    old_code TEXT NOT NULL,                              -- "1551"
    new_code TEXT NOT NULL,                              -- "1579"
    date     TEXT NOT NULL CHECK (length(date) = 10),    -- "2020-01-01"
    kind     TEXT NOT NULL CHECK (kind IN ('navn', 'nummer', 'sammenslaing', 'deling', 'grense')),
    datasett BIGINT NOT NULL REFERENCES stat_datasett (id),
    PRIMARY KEY (old_code, new_code, date)
);

-- The latest word of a register; a unit without a row is not known to have closed.
CREATE TABLE stat_enhet_status (
    enhet    BIGINT NOT NULL PRIMARY KEY REFERENCES stat_enhet (id),
    closed   TEXT NOT NULL CHECK (length(closed) IN (0, 10)), -- the day; "" while it stands
    datasett BIGINT NOT NULL REFERENCES stat_datasett (id)
);
