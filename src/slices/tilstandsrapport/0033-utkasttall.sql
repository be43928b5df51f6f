-- 0033: the figures of a draft, held as they stood when they were taken in: as they left the gate, for
-- each audience, like a frozen version's.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE rapport_tall (
    owner    BIGINT NOT NULL REFERENCES eier (id),
    kapittel BIGINT NOT NULL,
    taken_at BIGINT NOT NULL,
    taken_by BIGINT,
    open     TEXT NOT NULL,                                   -- JSON: what the public may see
    internal TEXT NOT NULL,                                   -- JSON: what the owner may see
    stale    TEXT NOT NULL CHECK (length(stale) IN (0, 64)),  -- sha-256 of a judgement written over older figures; ''
    PRIMARY KEY (owner, kapittel),
    FOREIGN KEY (owner, kapittel) REFERENCES rapport_kapittel (owner, id) ON DELETE CASCADE,
    FOREIGN KEY (owner, taken_by) REFERENCES person (owner, id)
);
