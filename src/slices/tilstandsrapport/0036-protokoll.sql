-- 0036: what the minutes say of a case besides its decision, and the numbers of cases and papers.
-- SPDX-License-Identifier: EUPL-1.2
ALTER TABLE rapport_hendelse ADD COLUMN archive_case TEXT NOT NULL DEFAULT '';
ALTER TABLE rapport_hendelse ADD COLUMN journal_entry TEXT NOT NULL DEFAULT '';
ALTER TABLE rapport_hendelse ADD COLUMN unanimous BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rapport_hendelse ADD COLUMN seal TEXT;                 -- sha-256 of the decision; NULL: no decision

-- Lines of the minutes: proposals, points voted on one by one, votes by party, who was inhabil.
-- Written while the body has the report; the step that is recorded takes them with it.
CREATE TABLE rapport_protokoll (
    owner         BIGINT NOT NULL REFERENCES eier (id),
    id            BIGINT NOT NULL,
    rapport       BIGINT NOT NULL,
    step          BIGINT NOT NULL CHECK (step BETWEEN 3 AND 5),
    event         BIGINT,                                          -- NULL: not recorded yet
    nr            BIGINT NOT NULL CHECK (nr > 0),
    kind          TEXT NOT NULL CHECK (kind IN ('forslag', 'oversendelse', 'punkt', 'parti', 'inhabil')),
    who           TEXT NOT NULL CHECK (length(who) <= 120),        -- who proposed it, or was inhabil
    party         TEXT NOT NULL CHECK (length(party) <= 60),
    text          TEXT NOT NULL CHECK (length(text) <= 8000),      -- word for word; of inhabil: the reason
    stance        TEXT NOT NULL CHECK (stance IN ('', 'for', 'mot')), -- for or against the recommendation
    votes_for     BIGINT,
    votes_against BIGINT,
    casting_vote  BIGINT NOT NULL CHECK (casting_vote IN (0, 1)),
    adopted       BIGINT NOT NULL CHECK (adopted IN (0, 1)),
    left_chair    BIGINT NOT NULL CHECK (left_chair IN (0, 1)),
    recorded_at   BIGINT NOT NULL,
    recorded_by   BIGINT,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, rapport, nr),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id),
    FOREIGN KEY (owner, event) REFERENCES rapport_hendelse (owner, id),
    FOREIGN KEY (owner, recorded_by) REFERENCES person (owner, id)
);

-- Case numbers: a running number of each body, from 1 January; never given to two cases.
CREATE TABLE rapport_saksnummer (
    owner   BIGINT NOT NULL REFERENCES eier (id),
    series  TEXT NOT NULL,                                         -- saksnummer.c: the body, and what is counted
    year    BIGINT NOT NULL CHECK (year BETWEEN 1900 AND 2199),
    number  BIGINT NOT NULL CHECK (number BETWEEN 1 AND 9999),
    rapport BIGINT NOT NULL,
    event   BIGINT NOT NULL,
    PRIMARY KEY (owner, series, year, number),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id),
    FOREIGN KEY (owner, event) REFERENCES rapport_hendelse (owner, id)
);
