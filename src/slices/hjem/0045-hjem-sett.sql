-- 0045: when somebody last looked at the home page, so that it can say what is new since.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE hjem_sett (
    owner  BIGINT NOT NULL REFERENCES eier (id),
    person BIGINT NOT NULL,
    since  BIGINT NOT NULL,                                   -- the visit before this one: what came later is new
    seen   BIGINT NOT NULL,                                   -- this visit, a few minutes' grain
    PRIMARY KEY (owner, person),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id) ON DELETE CASCADE
);
