-- 0006: disclosure control: the thresholds of each kind of data and audience, and what they hid.
-- SPDX-License-Identifier: EUPL-1.2
-- A newer row (by valid_from) replaces an older one; the number of rows is the rule version.
CREATE TABLE skjerming_regel (
    kind       TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),       -- np_snitt, gsi_antall, ...
    audience   TEXT NOT NULL CHECK (audience IN ('intern', 'offentlig')),
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    min_n      BIGINT NOT NULL CHECK (min_n >= 0),                        -- the group must be at least this large
    hide_low   BIGINT NOT NULL CHECK (hide_low >= 0),                     -- counts in hide_low..hide_high are hidden;
    hide_high  BIGINT NOT NULL CHECK (hide_high >= 0),                    -- 0..0: none
    source     TEXT NOT NULL,                                             -- why this number
    PRIMARY KEY (kind, audience, valid_from)
);

CREATE TABLE skjerming_logg (
    owner     BIGINT NOT NULL REFERENCES eier (id),
    id        BIGINT NOT NULL,
    release   BIGINT NOT NULL,                                            -- of a frozen report: its snapshot
    audience  TEXT NOT NULL CHECK (audience IN ('intern', 'offentlig')),
    cell      TEXT NOT NULL,                                              -- "975283488 NP.LES.5 2025/26"
    rule      TEXT NOT NULL,                                              -- "np_snitt min_n=10"
    reason    TEXT NOT NULL CHECK (reason IN ('kilde', 'primaer', 'sekundaer')),
    made_at   BIGINT NOT NULL,
    PRIMARY KEY (owner, id)
);
CREATE INDEX skjerming_logg_release ON skjerming_logg (owner, release);

INSERT INTO skjerming_regel (kind, audience, valid_from, min_n, hide_low, hide_high, source) VALUES
    ('np_snitt', 'offentlig', '2009-01-01', 10, 0, 0, 'Udir viser ingen gruppe under 10; SSB skjermer kommuner under 10'),
    ('np_snitt', 'intern', '2009-01-01', 0, 0, 0, 'Eierens egne tall, taushetsplikt'),
    ('np_niva', 'offentlig', '2009-01-01', 10, 1, 5, 'Tall 1-5 og gruppe under 10 skjermes'),
    ('np_niva', 'intern', '2009-01-01', 0, 0, 0, 'Eierens egne tall, taushetsplikt'),
    ('karakter', 'offentlig', '2009-01-01', 10, 0, 0, 'Gruppe under 10 skjermes'),
    ('karakter', 'intern', '2009-01-01', 0, 0, 0, 'Eierens egne tall, taushetsplikt'),
    ('gsi_antall', 'offentlig', '2009-01-01', 0, 1, 5, 'GSI: tall 1-5 skjermes, 0 og fra 6 vises'),
    ('gsi_antall', 'intern', '2009-01-01', 0, 0, 0, 'Eierens egne tall, taushetsplikt'),
    ('eu_indeks', 'offentlig', '2009-01-01', 10, 0, 0, 'Egen terskel for offentlig visning'),
    ('eu_indeks', 'intern', '2009-01-01', 5, 0, 0, 'Minst fem svar'),
    ('eu_mobbing', 'offentlig', '2009-01-01', 10, 1, 4, 'Skjermes når 1-4 er mobbet eller ikke mobbet'),
    ('eu_mobbing', 'intern', '2009-01-01', 5, 1, 4, 'Skjermes når 1-4 er mobbet eller ikke mobbet'),
    ('undersokelse', 'offentlig', '2009-01-01', 5, 0, 0, 'Minst fem svar'),
    ('undersokelse', 'intern', '2009-01-01', 5, 0, 0, 'Minst fem svar'),
    ('ti_faktor', 'offentlig', '2009-01-01', 3, 0, 0, 'KS: minst tre svar'),
    ('ti_faktor', 'intern', '2009-01-01', 3, 0, 0, 'KS: minst tre svar'),
    ('sykefravar', 'offentlig', '2009-01-01', 10, 0, 0, 'Minst ti ansatte offentlig'),
    ('sykefravar', 'intern', '2009-01-01', 5, 0, 0, 'Minst fem ansatte for leder'),
    ('gsi_andel', 'offentlig', '2009-01-01', 10, 1, 5, 'Andel som svarer til 1-5 elever skjermes'),
    ('gsi_andel', 'intern', '2009-01-01', 0, 0, 0, 'Eierens egne tall, taushetsplikt'),
    ('apen', 'offentlig', '2009-01-01', 0, 0, 0, 'Ikke personopplysninger'),
    ('apen', 'intern', '2009-01-01', 0, 0, 0, 'Ikke personopplysninger');
