-- 0017: one-time links: invitations, and new passwords for those who have lost theirs.
-- SPDX-License-Identifier: EUPL-1.2

-- Nobody has signed in yet: password_hash is '' until the invitation is used.
ALTER TABLE innlogging ADD COLUMN last_at BIGINT;

CREATE TABLE innlogging_lenke (
    owner        BIGINT NOT NULL REFERENCES eier (id),
    id           BIGINT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('invitasjon', 'passord')),
    token_hash   TEXT NOT NULL CHECK (length(token_hash) = 64), -- BLAKE2b-256 of the link's token, hex
    person       BIGINT NOT NULL,                               -- whom it lets in
    made_by      BIGINT,                                        -- NULL: the person's own wish, or the command line
    made_at      BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    used_at      BIGINT,
    withdrawn_at BIGINT,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id),
    FOREIGN KEY (owner, made_by) REFERENCES person (owner, id)
);
CREATE INDEX innlogging_lenke_token ON innlogging_lenke (token_hash);
CREATE INDEX innlogging_lenke_person ON innlogging_lenke (owner, person);
