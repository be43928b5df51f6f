-- 0039: the dates between the steps: papers sent out, case paper ready.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE rapport_frist (
    owner   BIGINT NOT NULL REFERENCES eier (id),
    rapport BIGINT NOT NULL,
    code    TEXT NOT NULL CHECK (code IN ('papirer', 'saksframlegg')),
    day     TEXT NOT NULL CHECK (length(day) = 10),
    PRIMARY KEY (owner, rapport, code),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id)
);
