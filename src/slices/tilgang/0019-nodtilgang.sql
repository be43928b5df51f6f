-- 0019: break-glass: an administrator reads for half an hour what is not an administrator's, with a reason.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE nodtilgang (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    session    BIGINT NOT NULL,                                 -- the one it holds for; kept after that has ended
    reason     TEXT NOT NULL CHECK (length(reason) BETWEEN 20 AND 1000),
    started_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at   BIGINT,                                          -- by hand; NULL: it ran out, or is on
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id)
);
CREATE INDEX nodtilgang_session ON nodtilgang (owner, session);

-- Who of those it is told to has seen it.
CREATE TABLE nodtilgang_sett (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    nodtilgang BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    PRIMARY KEY (owner, nodtilgang, person),
    FOREIGN KEY (owner, nodtilgang) REFERENCES nodtilgang (owner, id),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id)
);
