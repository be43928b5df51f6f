-- 0030: what the law asks for by date, an owner's own template of chapters, and words by date.
-- SPDX-License-Identifier: EUPL-1.2
ALTER TABLE lovhjemmel ADD COLUMN requires TEXT NOT NULL DEFAULT 'rapport'; -- or 'orientering': to be informed, in any form

UPDATE lovhjemmel SET requires = 'orientering' WHERE code = 'INFO-17-12';

-- The themes a law names: chapters about them cannot be taken out of a report that answers to it.
CREATE TABLE lov_tema (
    law      TEXT NOT NULL REFERENCES lovhjemmel (code),
    theme    TEXT NOT NULL,                                   -- indikator.theme
    nr       BIGINT NOT NULL CHECK (nr > 0),                  -- as the law orders them
    title_nb TEXT NOT NULL,
    title_nn TEXT NOT NULL,
    title_en TEXT NOT NULL,
    PRIMARY KEY (law, theme)
);

-- An owner's person has held the words of the law against lovdata.no.
CREATE TABLE lov_kontroll (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    law        TEXT NOT NULL REFERENCES lovhjemmel (code),
    checked_by BIGINT NOT NULL,
    checked_on TEXT NOT NULL CHECK (length(checked_on) = 10),
    note       TEXT NOT NULL CHECK (length(note) <= 400),
    PRIMARY KEY (owner, law),
    FOREIGN KEY (owner, checked_by) REFERENCES person (owner, id)
);

-- The owner's own template; an owner without rows has the program's. A report copies it when begun.
CREATE TABLE rapportmal_kapittel (
    owner      BIGINT NOT NULL REFERENCES eier (id),
    id         BIGINT NOT NULL,
    nr         BIGINT NOT NULL CHECK (nr > 0),
    kind       TEXT NOT NULL CHECK (kind IN ('sammendrag', 'oppfolging', 'tema', 'fritekst', 'internkontroll', 'konklusjon')),
    theme      TEXT NOT NULL,
    title_nb   TEXT NOT NULL CHECK (length(title_nb) <= 200), -- '': as the law or the program calls it
    title_nn   TEXT NOT NULL CHECK (length(title_nn) <= 200),
    indicators TEXT NOT NULL CHECK (length(indicators) <= 4000), -- codes and spaces; '': all that have figures
    views      TEXT NOT NULL CHECK (length(views) <= 200),    -- "series schools"; '': all that suit the figures
    PRIMARY KEY (owner, id)
);

ALTER TABLE rapport_kapittel ADD COLUMN indicators TEXT NOT NULL DEFAULT '';
ALTER TABLE rapport_kapittel ADD COLUMN views TEXT NOT NULL DEFAULT '';
ALTER TABLE rapport_kapittel ADD COLUMN review BIGINT NOT NULL DEFAULT 0; -- 1: a draft that waits for quality assurance

-- Words that changed: the one that held on a date is the one to use in what was written then.
CREATE TABLE ordbok (
    term       TEXT NOT NULL,
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    valid_to   TEXT CHECK (length(valid_to) = 10),
    nb         TEXT NOT NULL,
    nn         TEXT NOT NULL,
    en         TEXT NOT NULL,
    note_nb    TEXT NOT NULL,                                 -- why it changed
    note_nn    TEXT NOT NULL,
    note_en    TEXT NOT NULL,
    PRIMARY KEY (term, valid_from)
);

INSERT INTO lov_tema (law, theme, nr, title_nb, title_nn, title_en) VALUES
    ('TR-13-10', 'laringsresultat', 1, 'Læringsresultater', 'Læringsresultat', 'Learning outcomes'),
    ('TR-13-10', 'gjennomforing', 2, 'Frafall og gjennomføring', 'Fråfall og gjennomføring', 'Drop-out and completion'),
    ('TR-13-10', 'laringsmiljo', 3, 'Læringsmiljø', 'Læringsmiljø', 'Learning environment'),
    ('TR-13-3e', 'laringsresultat', 1, 'Læringsresultater', 'Læringsresultat', 'Learning outcomes'),
    ('TR-13-3e', 'gjennomforing', 2, 'Frafall og gjennomføring', 'Fråfall og gjennomføring', 'Drop-out and completion'),
    ('TR-13-3e', 'laringsmiljo', 3, 'Læringsmiljø', 'Læringsmiljø', 'Learning environment'),
    ('INFO-17-12', 'laringsmiljo', 1, 'Læringsmiljø', 'Læringsmiljø', 'Learning environment'),
    ('INFO-17-12', 'laringsresultat', 2, 'Læringsresultater', 'Læringsresultat', 'Learning outcomes'),
    ('INFO-17-12', 'gjennomforing', 3, 'Gjennomføring', 'Gjennomføring', 'Completion');

-- Source: domain.md 1.1 (kommuneloven 2018 in force at the constituting meetings of 2019; statsforvalter
-- from 2021; opplæringslova 2023 from 2024-08-01).
INSERT INTO ordbok (term, valid_from, valid_to, nb, nn, en, note_nb, note_nn, note_en) VALUES
    ('kommunedirektor', '0001-01-01', '2019-09-30', 'rådmann', 'rådmann', 'chief executive', '', '', ''),
    ('kommunedirektor', '2019-10-01', NULL, 'kommunedirektør', 'kommunedirektør', 'chief executive',
     'Navnet i kommuneloven av 2018.', 'Namnet i kommunelova av 2018.', 'The title in the Local Government Act of 2018.'),
    ('statsforvalter', '0001-01-01', '2020-12-31', 'fylkesmann', 'fylkesmann', 'county governor', '', '', ''),
    ('statsforvalter', '2021-01-01', NULL, 'statsforvalter', 'statsforvaltar', 'county governor',
     'Nytt navn fra 1. januar 2021.', 'Nytt namn frå 1. januar 2021.', 'New title from 1 January 2021.'),
    ('ito', '0001-01-01', '2024-07-31', 'spesialundervisning', 'spesialundervisning', 'special needs education', '', '', ''),
    ('ito', '2024-08-01', NULL, 'individuelt tilrettelagt opplæring', 'individuelt tilrettelagd opplæring', 'individually adapted education',
     'Opplæringslova av 2023. Innholdet er også endret, så tall før og etter er ikke helt det samme.',
     'Opplæringslova av 2023. Innhaldet er òg endra, så tal før og etter er ikkje heilt det same.',
     'The Education Act of 2023. The content changed too, so figures before and after are not quite the same.');
