-- 0044: what has been delivered to the archive, in which packages, and the archive's receipts.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE arkiv_pakke (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    rapport    BIGINT NOT NULL,
    message    TEXT NOT NULL CHECK (length(message) = 36),         -- meldingId
    generation BIGINT NOT NULL CHECK (generation IN (1, 2)),
    files      BIGINT NOT NULL CHECK (files > 0),
    size       BIGINT NOT NULL CHECK (size > 0),
    sha256     TEXT NOT NULL CHECK (length(sha256) = 64),
    data       BYTEA,                                              -- the ZIP; NULL: deleted after its time
    made_at    BIGINT NOT NULL,
    made_by    BIGINT,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id),
    FOREIGN KEY (owner, made_by) REFERENCES person (owner, id)
);

-- One document of a report, or (part 'sak') its folder. A row comes with the first thing to say of it.
CREATE TABLE arkiv_dokument (
    owner        BIGINT NOT NULL REFERENCES eier (id),
    rapport      BIGINT NOT NULL,
    part         TEXT NOT NULL CHECK (length(part) BETWEEN 1 AND 60),
    sha256       TEXT CHECK (length(sha256) = 64),                 -- of the file that was delivered last
    exported_at  BIGINT,
    hjemmel      TEXT NOT NULL CHECK (length(hjemmel) <= 200),     -- '': open
    public_title TEXT NOT NULL CHECK (length(public_title) <= 200),
    until        TEXT CHECK (length(until) = 10),                  -- kept from the public until this day
    number       TEXT NOT NULL CHECK (length(number) <= 60),       -- the archive's; '': no receipt
    archive_id   TEXT NOT NULL CHECK (length(archive_id) <= 60),   -- systemID there
    receipt_on   TEXT CHECK (length(receipt_on) = 10),
    changed_by   BIGINT,
    PRIMARY KEY (owner, rapport, part),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id),
    FOREIGN KEY (owner, changed_by) REFERENCES person (owner, id)
);
