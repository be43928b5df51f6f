-- 0001: owners (skoleeiere) and the settings of the installation.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE eier (
    id         BIGINT NOT NULL PRIMARY KEY,
    number     TEXT NOT NULL UNIQUE CHECK (length(number) = 4),        -- municipality number, "1579"
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),   -- "Hustadvika kommune"
    language   TEXT NOT NULL CHECK (language IN ('nb', 'nn')),         -- målform of its reports
    host       TEXT UNIQUE,                                            -- host name tied to this owner
    demo       BIGINT NOT NULL CHECK (demo IN (0, 1)),                 -- its date may be moved
    demo_date  TEXT CHECK (length(demo_date) = 10),                    -- ISO; NULL: the real date
    created_at BIGINT NOT NULL                                         -- microseconds UTC
);

CREATE TABLE installasjon (
    key   TEXT NOT NULL PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 60),
    value TEXT NOT NULL
);
