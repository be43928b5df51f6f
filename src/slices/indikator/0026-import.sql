-- 0026: what an import changed, and that it can be undone; files that wait in bundles; saved answers.
-- SPDX-License-Identifier: EUPL-1.2
ALTER TABLE datasett ADD COLUMN n_new BIGINT;       -- values nobody had before; NULL: stored before 0026
ALTER TABLE datasett ADD COLUMN n_changed BIGINT;   -- values that replaced an earlier word
ALTER TABLE datasett ADD COLUMN n_same BIGINT;      -- values that said again what stood there
ALTER TABLE datasett ADD COLUMN n_masked BIGINT;    -- cells
ALTER TABLE datasett ADD COLUMN n_missing BIGINT;   -- cells
ALTER TABLE datasett ADD COLUMN title TEXT;
ALTER TABLE datasett ADD COLUMN periods TEXT;
ALTER TABLE datasett ADD COLUMN undone_at BIGINT;   -- its values do not count; NULL: they do
ALTER TABLE datasett ADD COLUMN undone_by BIGINT;   -- person; NULL: from the command line
ALTER TABLE stat_datasett ADD COLUMN n_new BIGINT;
ALTER TABLE stat_datasett ADD COLUMN n_changed BIGINT;
ALTER TABLE stat_datasett ADD COLUMN n_same BIGINT;
ALTER TABLE stat_datasett ADD COLUMN n_masked BIGINT;
ALTER TABLE stat_datasett ADD COLUMN n_missing BIGINT;
ALTER TABLE stat_datasett ADD COLUMN title TEXT;
ALTER TABLE stat_datasett ADD COLUMN periods TEXT;
ALTER TABLE stat_datasett ADD COLUMN undone_at BIGINT;

-- Files sent together; what they hold is read by a job and shown before anything is stored.
CREATE TABLE import_bunke (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    shared     BIGINT NOT NULL CHECK (shared IN (0, 1)), -- 1: to the public store, 0: to the owner's own
    job        BIGINT,                                   -- that reads them; NULL: read at once
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id)
);

CREATE TABLE import_fil (
    owner    BIGINT NOT NULL REFERENCES eier (id),
    id       BIGINT NOT NULL,
    bunke    BIGINT NOT NULL,
    place    BIGINT NOT NULL,                            -- in the bundle, from 1
    filename TEXT NOT NULL CHECK (length(filename) BETWEEN 1 AND 255),
    state    TEXT NOT NULL CHECK (state IN ('ulest', 'lest', 'lagret', 'droppet')),
    data     BYTEA NOT NULL,                             -- as sent
    parsed   BYTEA,                                      -- as read: indikator_parse_pack
    skipped  BIGINT NOT NULL CHECK (skipped IN (0, 1)),  -- somebody said yes to rows passed over
    datasett BIGINT,                                     -- once stored
    n_values BIGINT,                                     -- stored by it
    PRIMARY KEY (owner, id),
    UNIQUE (owner, bunke, place),
    FOREIGN KEY (owner, bunke) REFERENCES import_bunke (owner, id) ON DELETE CASCADE
);

-- What somebody has answered: which unit a name or number is, which column a header means.
CREATE TABLE import_tilordning (
    owner    BIGINT NOT NULL REFERENCES eier (id),
    id       BIGINT NOT NULL,
    source   TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 40),  -- the format: skoleporten ...
    kind     TEXT NOT NULL CHECK (kind IN ('enhet', 'kolonne')),
    folded   TEXT NOT NULL CHECK (length(folded) BETWEEN 1 AND 200), -- as compared: indikator_fold
    text     TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 200),   -- as it stood
    target   TEXT NOT NULL CHECK (length(target) BETWEEN 1 AND 40),  -- a number or a column; "-": pass it over
    person   BIGINT,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, source, kind, folded),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id)
);

-- Facts about units that came by a file; the facts themselves stand in enhet_faktum.
CREATE TABLE datasett_faktum (
    owner    BIGINT NOT NULL REFERENCES eier (id),
    datasett BIGINT NOT NULL,
    enhet    BIGINT NOT NULL,
    label    TEXT NOT NULL,
    at       TEXT NOT NULL,
    value    TEXT NOT NULL,
    line     BIGINT NOT NULL,
    PRIMARY KEY (owner, enhet, label, at, datasett),
    FOREIGN KEY (owner, datasett) REFERENCES datasett (owner, id),
    FOREIGN KEY (owner, enhet) REFERENCES enhet (owner, id)
);

-- Successors somebody has said no to, so that they are not proposed again.
CREATE TABLE etterfolger_avvist (
    owner  BIGINT NOT NULL REFERENCES eier (id),
    enhet  BIGINT NOT NULL,
    code   TEXT NOT NULL CHECK (length(code) = 9),
    at     BIGINT NOT NULL,
    PRIMARY KEY (owner, enhet, code),
    FOREIGN KEY (owner, enhet) REFERENCES enhet (owner, id)
);
