-- saksnummer.sql - case numbers: one running number for each body and year.
-- SPDX-License-Identifier: EUPL-1.2

-- query saksnummer_last(int owner, text series, int year) -> rows(int number)
SELECT s.number FROM rapport_saksnummer s
 WHERE s.owner = :owner AND s.series = :series AND s.year = :year ORDER BY s.number DESC LIMIT 1;

-- query saksnummer_holder(int owner, text series, int year, int number) -> rows(int rapport, int event, int? withdrawn_at)
SELECT s.rapport, s.event, h.withdrawn_at
  FROM rapport_saksnummer s JOIN rapport_hendelse h ON h.owner = s.owner AND h.id = s.event
 WHERE s.owner = :owner AND s.series = :series AND s.year = :year AND s.number = :number;

-- query saksnummer_take(int owner, text series, int year, int number, int rapport, int event) -> rows(int number)
-- A number stays with its case: the same report takes it again when the step it came with was taken back.
INSERT INTO rapport_saksnummer (owner, series, year, number, rapport, event)
VALUES (:owner, :series, :year, :number, :rapport, :event)
ON CONFLICT (owner, series, year, number) DO UPDATE SET event = excluded.event
 WHERE rapport_saksnummer.rapport = excluded.rapport
   AND EXISTS (SELECT 1 FROM rapport_hendelse h
                WHERE h.owner = :owner AND h.id = rapport_saksnummer.event AND h.withdrawn_at IS NOT NULL)
RETURNING number;
