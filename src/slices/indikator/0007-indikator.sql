-- 0007: the catalogue of indicators, the shared public store, and an owner's own values.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE indikator (
    code        TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 3 AND 40), -- NP.LES.5
    sort        BIGINT NOT NULL,
    theme       TEXT NOT NULL CHECK (theme IN ('ressurs', 'laringsmiljo', 'laringsresultat', 'gjennomforing', 'hms', 'barnehage')),
    source      TEXT NOT NULL,                        -- udir_np, udir_gsi, hr_lokal ...
    name_nb     TEXT NOT NULL,
    name_nn     TEXT NOT NULL,
    name_en     TEXT NOT NULL,
    unit        TEXT NOT NULL CHECK (unit IN ('skalapoeng', 'prosent', 'poeng', 'niva', 'antall', 'kroner', 'forholdstall')),
    direction   TEXT NOT NULL CHECK (direction IN ('hoy', 'lav', 'noytral')),
    decimals    BIGINT NOT NULL CHECK (decimals BETWEEN 0 AND 4),
    scale_min   DOUBLE PRECISION,
    scale_max   DOUBLE PRECISION,
    period_kind TEXT NOT NULL CHECK (period_kind IN ('skolear', 'ar', 'kvartal')),
    grade       TEXT NOT NULL,                        -- "5"; "" for none
    rule        TEXT NOT NULL,                        -- skjerming_regel.kind
    explain_nb  TEXT NOT NULL,                        -- what it means, at most 60 words
    explain_nn  TEXT NOT NULL,
    explain_en  TEXT NOT NULL
);

-- A break stands before the first period of the new series; nothing is compared across it.
CREATE TABLE indikator_brudd (
    code         TEXT NOT NULL REFERENCES indikator (code),
    first_period TEXT NOT NULL,                       -- "2022/23"
    text_nb      TEXT NOT NULL,
    text_nn      TEXT NOT NULL,
    text_en      TEXT NOT NULL,
    PRIMARY KEY (code, first_period)
);

-- The shared store: public statistics of the whole country, imported once per installation.
CREATE TABLE stat_datasett (
    id          BIGINT NOT NULL PRIMARY KEY,
    format      TEXT NOT NULL,
    filename    TEXT NOT NULL,
    sha256      TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    encoding    TEXT NOT NULL,
    n_rows      BIGINT NOT NULL,
    n_values    BIGINT NOT NULL,
    imported_at BIGINT NOT NULL
);

CREATE TABLE stat_enhet (
    id    BIGINT NOT NULL PRIMARY KEY,
    level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 4), -- 1 nation, 2 county, 3 municipality, 4 school
    code  TEXT NOT NULL,                                 -- "0", "15", "1579", "975283518"
    UNIQUE (level, code)
);

CREATE TABLE stat_enhet_navn (
    enhet      BIGINT NOT NULL REFERENCES stat_enhet (id),
    valid_from TEXT NOT NULL,                            -- first period seen with this name, "2022/23"
    name       TEXT NOT NULL,
    kommune    TEXT NOT NULL,                            -- parents by code in that period; "" above them
    fylke      TEXT NOT NULL,
    PRIMARY KEY (enhet, valid_from)
);
CREATE INDEX stat_enhet_navn_kommune ON stat_enhet_navn (kommune);

CREATE TABLE stat_verdi (
    enhet       BIGINT NOT NULL REFERENCES stat_enhet (id),
    indikator   TEXT NOT NULL REFERENCES indikator (code),
    period      TEXT NOT NULL,
    grade       TEXT NOT NULL,
    sex         TEXT NOT NULL CHECK (sex IN ('alle', 'gutt', 'jente')),
    datasett    BIGINT NOT NULL REFERENCES stat_datasett (id),
    current     BIGINT NOT NULL CHECK (current IN (0, 1)), -- the newest dataset's word
    value       DOUBLE PRECISION,
    uncertainty DOUBLE PRECISION,
    n           BIGINT,
    n_masked    BIGINT NOT NULL CHECK (n_masked IN (0, 1)),
    status      TEXT NOT NULL CHECK (status IN ('ok', 'masked', 'missing', 'not_tested')),
    preliminary BIGINT NOT NULL CHECK (preliminary IN (0, 1)),
    original    TEXT NOT NULL,                           -- the cells as they stood
    line        BIGINT NOT NULL,
    PRIMARY KEY (enhet, indikator, period, grade, sex, datasett)
);

CREATE INDEX stat_verdi_indikator ON stat_verdi (indikator, period);

-- An owner's own values; the same meaning, in the owner's own tables.
CREATE TABLE datasett (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    id          BIGINT NOT NULL,
    format      TEXT NOT NULL,
    filename    TEXT NOT NULL,
    sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
    encoding    TEXT NOT NULL,
    n_rows      BIGINT NOT NULL,
    n_values    BIGINT NOT NULL,
    imported_at BIGINT NOT NULL,
    imported_by BIGINT,                                  -- person; NULL from the command line
    PRIMARY KEY (owner, id),
    UNIQUE (owner, sha256),
    FOREIGN KEY (owner, imported_by) REFERENCES person (owner, id)
);

CREATE TABLE verdi (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    enhet       BIGINT NOT NULL,
    indikator   TEXT NOT NULL,
    period      TEXT NOT NULL,
    grade       TEXT NOT NULL,
    sex         TEXT NOT NULL CHECK (sex IN ('alle', 'gutt', 'jente')),
    datasett    BIGINT NOT NULL,
    current     BIGINT NOT NULL CHECK (current IN (0, 1)),
    value       DOUBLE PRECISION,
    uncertainty DOUBLE PRECISION,
    n           BIGINT,
    numerator   DOUBLE PRECISION,
    denominator DOUBLE PRECISION,
    n_masked    BIGINT NOT NULL CHECK (n_masked IN (0, 1)),
    status      TEXT NOT NULL CHECK (status IN ('ok', 'masked', 'missing', 'not_tested', 'qualitative')),
    preliminary BIGINT NOT NULL CHECK (preliminary IN (0, 1)),
    computed    BIGINT NOT NULL CHECK (computed IN (0, 1)),
    qualitative TEXT CHECK (qualitative IN ('svak', 'middels', 'god')),
    original    TEXT NOT NULL,
    source      TEXT NOT NULL,                           -- in words, from the file
    line        BIGINT NOT NULL,
    PRIMARY KEY (owner, enhet, indikator, period, grade, sex, datasett),
    FOREIGN KEY (owner, enhet) REFERENCES enhet (owner, id),
    FOREIGN KEY (owner, datasett) REFERENCES datasett (owner, id)
);
CREATE INDEX verdi_current ON verdi (owner, enhet, indikator, current);
