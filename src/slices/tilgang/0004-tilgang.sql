-- 0004: sign-in, sessions, and roles as person x role x scope x from x to.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE innlogging (
    owner         BIGINT NOT NULL REFERENCES eier (id),
    person        BIGINT NOT NULL,
    email         TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 200), -- folded to lower case by the program
    password_hash TEXT NOT NULL,                                         -- Argon2id, encoded
    language      TEXT CHECK (language IN ('nb', 'nn', 'en')),
    disabled      BIGINT NOT NULL CHECK (disabled IN (0, 1)),
    changed_at    BIGINT NOT NULL,
    PRIMARY KEY (owner, person),
    UNIQUE (owner, email),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id)
);
CREATE INDEX innlogging_email ON innlogging (email);

CREATE TABLE rolle (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    role       TEXT NOT NULL CHECK (length(role) = 2),        -- domain.md 7.1; IA: administrator of the installation
    unit       BIGINT,                                        -- scope; NULL: the whole owner
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    valid_to   TEXT CHECK (length(valid_to) = 10),
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id),
    FOREIGN KEY (owner, unit) REFERENCES enhet (owner, id)
);
CREATE INDEX rolle_person ON rolle (owner, person);

CREATE TABLE sesjon (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    token_hash TEXT NOT NULL CHECK (length(token_hash) = 64), -- BLAKE2b-256 of the cookie's token, hex
    person     BIGINT NOT NULL,
    role       BIGINT NOT NULL,                               -- the active one
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id),
    FOREIGN KEY (owner, role) REFERENCES rolle (owner, id)
);
CREATE INDEX sesjon_token ON sesjon (token_hash);
