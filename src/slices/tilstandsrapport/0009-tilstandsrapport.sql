-- 0009: reports: chapters, blocks of indicators, the six steps, frozen versions, follow-up.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE lovhjemmel (
    code       TEXT NOT NULL PRIMARY KEY,
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    valid_to   TEXT CHECK (length(valid_to) = 10),
    law_nb     TEXT NOT NULL,
    law_nn     TEXT NOT NULL,
    law_en     TEXT NOT NULL,
    duty_nb    TEXT NOT NULL,                                 -- what it asks for, in our words
    duty_nn    TEXT NOT NULL,
    duty_en    TEXT NOT NULL,
    url        TEXT NOT NULL,
    checked    BIGINT NOT NULL CHECK (checked IN (0, 1))      -- a person has held it against lovdata.no
);

CREATE TABLE rapport (
    owner        BIGINT NOT NULL REFERENCES eier (id),
    id           BIGINT NOT NULL,
    year         TEXT NOT NULL CHECK (length(year) = 7),      -- school year reported on, "2012/13"
    title        TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    language     TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    state        TEXT NOT NULL CHECK (state IN ('planlagt', 'skisse', 'dialog_gjennomfort', 'sendt_formannskap',
                     'innstilt', 'godkjent', 'tatt_til_orientering', 'avvist', 'etterarbeid_komite',
                     'etterarbeid_ledergruppe', 'avsluttet')),
    law          TEXT NOT NULL REFERENCES lovhjemmel (code),
    created_at   BIGINT NOT NULL,
    created_by   BIGINT,                                      -- person; NULL from the command line
    frozen       BIGINT,                                      -- newest rapport_versjon
    published    BIGINT,                                      -- the version the public reads
    published_on TEXT CHECK (length(published_on) = 10),
    locked       TEXT CHECK (length(locked) = 64),            -- sha-256 of the version that was voted on
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, created_by) REFERENCES person (owner, id)
);

CREATE TABLE rapport_kapittel (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    id          BIGINT NOT NULL,
    rapport     BIGINT NOT NULL,
    nr          BIGINT NOT NULL CHECK (nr > 0),
    kind        TEXT NOT NULL CHECK (kind IN ('sammendrag', 'oppfolging', 'tema', 'fritekst', 'internkontroll', 'konklusjon')),
    theme       TEXT NOT NULL,                                -- of 'tema': indikator.theme; else ''
    statutory   BIGINT NOT NULL CHECK (statutory IN (0, 1)),
    title       TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    body        TEXT NOT NULL,                                -- CommonMark
    goals       TEXT NOT NULL,                                -- local goals, CommonMark
    judgement   TEXT NOT NULL,                                -- vurdering, CommonMark
    measures    TEXT NOT NULL,                                -- tiltak, CommonMark
    no_measures TEXT NOT NULL,                                -- the reason when there are none
    status      TEXT NOT NULL CHECK (status IN ('tom', 'utkast', 'ferdig')),
    version     BIGINT NOT NULL CHECK (version > 0),          -- rises by one with each change
    changed_at  BIGINT NOT NULL,
    changed_by  BIGINT,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, rapport, nr),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id),
    FOREIGN KEY (owner, changed_by) REFERENCES person (owner, id)
);

-- The six steps as the owner runs them: who treats the report, and when.
CREATE TABLE rapport_steg (
    owner   BIGINT NOT NULL REFERENCES eier (id),
    rapport BIGINT NOT NULL,
    nr      BIGINT NOT NULL CHECK (nr BETWEEN 1 AND 6),
    organ   BIGINT,
    planned TEXT NOT NULL CHECK (length(planned) = 10),
    PRIMARY KEY (owner, rapport, nr),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id),
    FOREIGN KEY (owner, organ) REFERENCES organ (owner, id)
);

-- What happened, in order; never deleted: a withdrawn one says so.
CREATE TABLE rapport_hendelse (
    owner         BIGINT NOT NULL REFERENCES eier (id),
    id            BIGINT NOT NULL,
    rapport       BIGINT NOT NULL,
    action        TEXT NOT NULL,                              -- behandling.c's table
    step          BIGINT NOT NULL CHECK (step BETWEEN 1 AND 6),
    from_state    TEXT NOT NULL,
    to_state      TEXT NOT NULL,
    happened_on   TEXT NOT NULL CHECK (length(happened_on) = 10),
    recorded_at   BIGINT NOT NULL,
    recorded_by   BIGINT,
    case_number   TEXT NOT NULL CHECK (length(case_number) <= 40),
    decision      TEXT NOT NULL CHECK (length(decision) <= 8000),  -- the exact text
    votes_for     BIGINT,
    votes_against BIGINT,
    note          TEXT NOT NULL CHECK (length(note) <= 8000),
    version       BIGINT,                                     -- the frozen version that lay before this step
    withdrawn_at  BIGINT,
    withdrawn_by  BIGINT,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id),
    FOREIGN KEY (owner, recorded_by) REFERENCES person (owner, id)
);
CREATE INDEX rapport_hendelse_rapport ON rapport_hendelse (owner, rapport);

-- A frozen version: both audiences' content as it left the gate.
CREATE TABLE rapport_versjon (
    owner    BIGINT NOT NULL REFERENCES eier (id),
    id       BIGINT NOT NULL,
    rapport  BIGINT NOT NULL,
    nr       BIGINT NOT NULL CHECK (nr > 0),
    made_on  TEXT NOT NULL CHECK (length(made_on) = 10),
    made_at  BIGINT NOT NULL,
    rules    TEXT NOT NULL,                                   -- version of the disclosure rules
    sha256   TEXT NOT NULL CHECK (length(sha256) = 64),       -- of open: shown to everyone after the vote
    open     TEXT NOT NULL,                                   -- JSON: what the public may see
    internal TEXT NOT NULL,                                   -- JSON: what the owner may see
    internal_sha256 TEXT NOT NULL CHECK (length(internal_sha256) = 64), -- never shown: guesses could be tried on it
    PRIMARY KEY (owner, id),
    UNIQUE (owner, rapport, nr),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id)
);

CREATE TABLE rapport_oppfolging (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    id          BIGINT NOT NULL,
    rapport     BIGINT NOT NULL,
    nr          BIGINT NOT NULL CHECK (nr > 0),
    task        TEXT NOT NULL CHECK (length(task) BETWEEN 1 AND 1000),
    responsible BIGINT,                                       -- position
    due         TEXT CHECK (length(due) = 10),
    answer      TEXT NOT NULL CHECK (length(answer) <= 4000),
    answered_on TEXT CHECK (length(answered_on) = 10),
    event       BIGINT,                                       -- the step it came with; NULL when written by hand
    PRIMARY KEY (owner, id),
    UNIQUE (owner, rapport, nr),
    FOREIGN KEY (owner, rapport) REFERENCES rapport (owner, id),
    FOREIGN KEY (owner, responsible) REFERENCES stilling (owner, id)
);

INSERT INTO lovhjemmel (code, valid_from, valid_to, law_nb, law_nn, law_en, duty_nb, duty_nn, duty_en, url, checked) VALUES
    ('TR-13-10', '1999-08-01', '2020-12-31', 'opplæringslova (1998) § 13-10', 'opplæringslova (1998) § 13-10', 'Education Act (1998) section 13-10',
     'Kommunestyret skal hvert år drøfte en rapport om tilstanden: læringsresultat, frafall og læringsmiljø.',
     'Kommunestyret skal kvart år drøfte ein rapport om tilstanden: læringsresultat, fråfall og læringsmiljø.',
     'The municipal council discusses a yearly report on learning outcomes, drop-out and learning environment.',
     'https://lovdata.no/lov/1998-07-17-61', 0),
    ('TR-13-3e', '2021-01-01', '2024-07-31', 'opplæringslova (1998) § 13-3 e', 'opplæringslova (1998) § 13-3 e', 'Education Act (1998) section 13-3 e',
     'Kommunestyret skal hvert år drøfte en rapport om tilstanden: læringsresultat, frafall og læringsmiljø.',
     'Kommunestyret skal kvart år drøfte ein rapport om tilstanden: læringsresultat, fråfall og læringsmiljø.',
     'The municipal council discusses a yearly report on learning outcomes, drop-out and learning environment.',
     'https://lovdata.no/lov/1998-07-17-61', 0),
    ('INFO-17-12', '2024-08-01', NULL, 'opplæringslova (2023) § 17-12', 'opplæringslova (2023) § 17-12', 'Education Act (2023) section 17-12',
     'Kommunestyret skal minst én gang i året orienteres om læringsmiljø, læringsresultat og gjennomføring.',
     'Kommunestyret skal minst éin gong i året orienterast om læringsmiljø, læringsresultat og gjennomføring.',
     'The municipal council is informed at least once a year about learning environment, outcomes and completion.',
     'https://lovdata.no/lov/2023-06-09-30', 0);
