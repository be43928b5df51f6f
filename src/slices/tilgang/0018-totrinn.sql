-- 0018: sign-in in two steps: a code of an app beside the password, and recovery codes.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE totrinn (
    owner        BIGINT NOT NULL REFERENCES eier (id),
    person       BIGINT NOT NULL,
    secret       TEXT NOT NULL,              -- sealed under the installation's key
    confirmed_at BIGINT,                     -- NULL: being set up
    last_step    BIGINT NOT NULL,            -- of RFC 6238; a code of it or an older one is not taken
    PRIMARY KEY (owner, person),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id)
);

CREATE TABLE totrinn_reserve (
    owner     BIGINT NOT NULL REFERENCES eier (id),
    id        BIGINT NOT NULL,
    person    BIGINT NOT NULL,
    code_hash TEXT NOT NULL CHECK (length(code_hash) = 64),
    used_at   BIGINT,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id)
);
CREATE INDEX totrinn_reserve_person ON totrinn_reserve (owner, person);

-- The password was right; no session until the second step is taken as well.
CREATE TABLE innlogging_halv (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    token_hash TEXT NOT NULL CHECK (length(token_hash) = 64),
    person     BIGINT NOT NULL,
    path       TEXT NOT NULL CHECK (length(path) <= 400),       -- to go on to
    made_at    BIGINT NOT NULL,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id)
);
CREATE INDEX innlogging_halv_token ON innlogging_halv (token_hash);
