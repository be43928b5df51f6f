-- 0038: follow-up items: how far they have come, every answer that was given, reminders sent.
-- SPDX-License-Identifier: EUPL-1.2
ALTER TABLE rapport_oppfolging ADD COLUMN status TEXT NOT NULL DEFAULT 'ikke_pabegynt';

CREATE TABLE rapport_oppfolging_svar (
    owner       BIGINT NOT NULL REFERENCES eier (id),
    id          BIGINT NOT NULL,
    punkt       BIGINT NOT NULL,
    status      TEXT NOT NULL CHECK (status IN ('ikke_pabegynt', 'under_arbeid', 'gjennomfort', 'avvik', 'opphevet')),
    answer      TEXT NOT NULL CHECK (length(answer) <= 4000),
    given_on    TEXT NOT NULL CHECK (length(given_on) = 10),
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, punkt) REFERENCES rapport_oppfolging (owner, id),
    FOREIGN KEY (owner, recorded_by) REFERENCES person (owner, id)
);
CREATE INDEX rapport_oppfolging_svar_punkt ON rapport_oppfolging_svar (owner, punkt);

-- What somebody has been reminded of, so that nobody is twice.
CREATE TABLE rapport_paminnelse (
    owner   BIGINT NOT NULL REFERENCES eier (id),
    punkt   BIGINT NOT NULL,
    day     TEXT NOT NULL CHECK (length(day) = 10),                -- the day the reminder belongs to
    person  BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (owner, punkt, day),
    FOREIGN KEY (owner, punkt) REFERENCES rapport_oppfolging (owner, id),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id)
);
