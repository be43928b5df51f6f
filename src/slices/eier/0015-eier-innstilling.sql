-- 0015: settings of each owner.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE eier_innstilling (
    owner BIGINT NOT NULL REFERENCES eier (id),
    key   TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 60),
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 4000),
    PRIMARY KEY (owner, key)
);
