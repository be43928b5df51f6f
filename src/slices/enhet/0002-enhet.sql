-- 0002: units over time: a tree, names and identities valid from-to, successors, dated facts.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE enhet (
    owner  BIGINT NOT NULL REFERENCES eier (id),
    id     BIGINT NOT NULL,
    kind   TEXT NOT NULL CHECK (kind IN ('kommune', 'skole', 'barnehage', 'sfo', 'ppt', 'helsestasjon', 'barnevern')),
    parent BIGINT,                                            -- NULL for the municipality alone
    origin TEXT NOT NULL CHECK (origin IN ('seed', 'kontekst', 'syntetisk', 'register')),
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, parent) REFERENCES enhet (owner, id)
);

CREATE TABLE enhet_navn (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    enhet      BIGINT NOT NULL,
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10), -- ISO; "0001-01-01" when unknown
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    PRIMARY KEY (owner, enhet, valid_from),
    FOREIGN KEY (owner, enhet) REFERENCES enhet (owner, id)
);

CREATE TABLE enhet_identitet (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    enhet      BIGINT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('orgnr', 'kommunenr')),
    value      TEXT NOT NULL CHECK (length(value) BETWEEN 4 AND 9),
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    valid_to   TEXT CHECK (length(valid_to) = 10),            -- last day; NULL: still
    PRIMARY KEY (owner, enhet, kind, valid_from),
    FOREIGN KEY (owner, enhet) REFERENCES enhet (owner, id)
);
CREATE INDEX enhet_identitet_value ON enhet_identitet (kind, value);

-- What became of a unit, told by identity, since the successor may have another owner.
CREATE TABLE enhet_etterfolger (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    enhet      BIGINT NOT NULL,
    relation   TEXT NOT NULL CHECK (relation IN ('erstattet_av', 'slatt_sammen_til', 'delt_i', 'erstatter')),
    other_kind TEXT NOT NULL CHECK (other_kind IN ('orgnr', 'kommunenr')),
    other      TEXT NOT NULL CHECK (length(other) BETWEEN 4 AND 9),
    other_name TEXT NOT NULL,
    happened   TEXT NOT NULL CHECK (length(happened) = 10),
    source     TEXT NOT NULL,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, enhet) REFERENCES enhet (owner, id)
);

CREATE TABLE enhet_faktum (
    owner     BIGINT NOT NULL REFERENCES eier (id),
    id        BIGINT NOT NULL,
    enhet     BIGINT NOT NULL,
    label     TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 120), -- "Ansatte"
    value     TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 200),
    at        TEXT NOT NULL CHECK (length(at) BETWEEN 1 AND 10),     -- fuzzy date, i18n.h
    source    TEXT NOT NULL,
    origin    TEXT NOT NULL CHECK (origin IN ('seed', 'kontekst', 'syntetisk', 'register')),
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, enhet) REFERENCES enhet (owner, id)
);
