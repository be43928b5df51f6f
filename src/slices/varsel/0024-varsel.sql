-- 0024: mail out: how each owner's mail is sent, and the outbox.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE varsel_oppsett (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    server      TEXT CHECK (length(server) BETWEEN 1 AND 200),     -- NULL: what the settings file says
    port        BIGINT NOT NULL CHECK (port BETWEEN 1 AND 65535),
    security    TEXT NOT NULL CHECK (security IN ('open', 'starttls', 'tls')),
    username    TEXT CHECK (length(username) BETWEEN 1 AND 200),
    password    TEXT,                                              -- sealed under the installation's key
    sender      TEXT CHECK (length(sender) BETWEEN 3 AND 254),
    sender_name TEXT CHECK (length(sender_name) BETWEEN 1 AND 120),
    base_url    TEXT CHECK (length(base_url) BETWEEN 8 AND 200),
    changed_at  BIGINT NOT NULL,
    PRIMARY KEY (owner)
);

CREATE TABLE varsel (
    owner    BIGINT NOT NULL REFERENCES eier (id),
    id       BIGINT NOT NULL,
    address  TEXT NOT NULL CHECK (length(address) BETWEEN 3 AND 254),
    name     TEXT NOT NULL CHECK (length(name) <= 120),
    subject  TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
    content  TEXT NOT NULL,                                        -- sealed, for a link in it opens doors; '' once sent
    key      TEXT CHECK (length(key) BETWEEN 1 AND 200),
    state    TEXT NOT NULL CHECK (state IN ('venter', 'sendt', 'feilet')),
    trouble  TEXT NOT NULL,                                        -- of the newest try, a code of mail.h; '' none
    answer   TEXT NOT NULL CHECK (length(answer) <= 200),          -- in the server's own words
    tries    BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    tried_at BIGINT,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, key)
);
CREATE INDEX varsel_state ON varsel (owner, state, added_at);
