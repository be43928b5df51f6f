-- 0031: work on a chapter: earlier texts, who has it, who is in it now, and comments in threads.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE rapport_kapittel_tekst (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    kapittel    BIGINT NOT NULL,
    version     BIGINT NOT NULL CHECK (version > 0),          -- of rapport_kapittel when the text stood there
    body        TEXT NOT NULL,
    goals       TEXT NOT NULL,
    judgement   TEXT NOT NULL,
    measures    TEXT NOT NULL,
    no_measures TEXT NOT NULL,
    status      TEXT NOT NULL,
    saved_at    BIGINT NOT NULL,
    saved_by    BIGINT,
    PRIMARY KEY (owner, kapittel, version),
    FOREIGN KEY (owner, kapittel) REFERENCES rapport_kapittel (owner, id) ON DELETE CASCADE,
    FOREIGN KEY (owner, saved_by) REFERENCES person (owner, id)
);

-- Who has the chapter now, and the unit it is about when it is about one.
CREATE TABLE rapport_kapittel_arbeid (
    owner    BIGINT NOT NULL REFERENCES eier (id),
    kapittel BIGINT NOT NULL,
    writer   BIGINT,
    unit     BIGINT,
    due      TEXT CHECK (length(due) = 10),
    since    BIGINT NOT NULL,
    PRIMARY KEY (owner, kapittel),
    FOREIGN KEY (owner, kapittel) REFERENCES rapport_kapittel (owner, id) ON DELETE CASCADE,
    FOREIGN KEY (owner, writer) REFERENCES person (owner, id),
    FOREIGN KEY (owner, unit) REFERENCES enhet (owner, id)
);

-- When somebody last opened a chapter's form: a hint, never a lock.
CREATE TABLE rapport_kapittel_apnet (
    owner     BIGINT NOT NULL REFERENCES eier (id),
    kapittel  BIGINT NOT NULL,
    person    BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    PRIMARY KEY (owner, kapittel, person),
    FOREIGN KEY (owner, kapittel) REFERENCES rapport_kapittel (owner, id) ON DELETE CASCADE,
    FOREIGN KEY (owner, person) REFERENCES person (owner, id) ON DELETE CASCADE
);

-- Among those who write; never in any output.
CREATE TABLE rapport_kommentar (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    id          BIGINT NOT NULL,
    kapittel    BIGINT NOT NULL,
    thread      BIGINT NOT NULL,                              -- id of the first comment of the thread; its own when first
    quote       TEXT NOT NULL CHECK (length(quote) <= 400),   -- the passage it is about; ''
    body        TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 4000),
    written_by  BIGINT NOT NULL,
    written_at  BIGINT NOT NULL,
    resolved_by BIGINT,                                       -- of the first comment: the thread is settled
    resolved_at BIGINT,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, kapittel) REFERENCES rapport_kapittel (owner, id) ON DELETE CASCADE,
    FOREIGN KEY (owner, written_by) REFERENCES person (owner, id),
    FOREIGN KEY (owner, resolved_by) REFERENCES person (owner, id)
);
CREATE INDEX rapport_kommentar_kapittel ON rapport_kommentar (owner, kapittel);
