-- lov.sql - every law on reports, what an owner has checked of them, and words by date.
-- SPDX-License-Identifier: EUPL-1.2

-- query lov_select() -> rows(text code, text valid_from, text? valid_to, text law_nb, text law_nn, text law_en, text duty_nb, text duty_nn, text duty_en, text url, text requires)
SELECT l.code, l.valid_from, l.valid_to, l.law_nb, l.law_nn, l.law_en, l.duty_nb, l.duty_nn, l.duty_en, l.url,
       l.requires
  FROM lovhjemmel l ORDER BY l.valid_from;

-- query lov_themes() -> rows(text law, text title_nb, text title_nn, text title_en)
SELECT t.law, t.title_nb, t.title_nn, t.title_en FROM lov_tema t ORDER BY t.law, t.nr;

-- query lov_checks(int owner) -> rows(text law, int checked_by, text checked_on, text note)
SELECT k.law, k.checked_by, k.checked_on, k.note FROM lov_kontroll k WHERE k.owner = :owner;

-- query lov_check(int owner, text law, int checked_by, text checked_on, text note) -> nothing
INSERT INTO lov_kontroll (owner, law, checked_by, checked_on, note)
VALUES (:owner, :law, :checked_by, :checked_on, :note)
ON CONFLICT (owner, law) DO UPDATE
   SET checked_by = excluded.checked_by, checked_on = excluded.checked_on, note = excluded.note;

-- query lov_uncheck(int owner, text law) -> nothing
DELETE FROM lov_kontroll WHERE owner = :owner AND law = :law;

-- query ordbok_select() -> rows(text term, text valid_from, text? valid_to, text nb, text nn, text en, text note_nb, text note_nn, text note_en)
SELECT o.term, o.valid_from, o.valid_to, o.nb, o.nn, o.en, o.note_nb, o.note_nn, o.note_en
  FROM ordbok o ORDER BY o.term, o.valid_from;
