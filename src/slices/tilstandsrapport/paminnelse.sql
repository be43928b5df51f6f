-- paminnelse.sql - reminders of follow-up items, each sent once.
-- SPDX-License-Identifier: EUPL-1.2

-- query paminnelse_note(int owner, int punkt, text day, int person, int sent_at) -> rows(int punkt)
INSERT INTO rapport_paminnelse (owner, punkt, day, person, sent_at)
VALUES (:owner, :punkt, :day, :person, :sent_at)
ON CONFLICT (owner, punkt, day) DO NOTHING RETURNING punkt;
