-- expect 3: current_timestamp: time is a parameter
CREATE TABLE note (id BIGINT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
