-- innspill.sql - the dialogue meeting, its agenda, who came, and input with its answers.
-- SPDX-License-Identifier: EUPL-1.2

-- query innspill_meeting(int owner, int rapport) -> rows(text place, text starts, text questions, text minutes, int version)
SELECT d.place, d.starts, d.questions, d.minutes, d.version FROM rapport_dialogmote d
 WHERE d.owner = :owner AND d.rapport = :rapport;

-- query innspill_meeting_insert(int owner, int rapport, text place, text starts, text questions, text minutes, int changed_at, int? changed_by) -> rows(int version)
INSERT INTO rapport_dialogmote (owner, rapport, place, starts, questions, minutes, version, changed_at, changed_by)
VALUES (:owner, :rapport, :place, :starts, :questions, :minutes, 1, :changed_at, :changed_by)
ON CONFLICT (owner, rapport) DO NOTHING
RETURNING version;

-- query innspill_meeting_update(int owner, int rapport, int version, text place, text starts, text questions, text minutes, int changed_at, int? changed_by) -> rows(int version)
UPDATE rapport_dialogmote
   SET place = :place, starts = :starts, questions = :questions, minutes = :minutes, version = version + 1,
       changed_at = :changed_at, changed_by = :changed_by
 WHERE owner = :owner AND rapport = :rapport AND version = :version
RETURNING version;

-- query innspill_present(int owner, int rapport) -> rows(text gruppe, int number)
SELECT d.gruppe, d.number FROM rapport_deltakere d
 WHERE d.owner = :owner AND d.rapport = :rapport ORDER BY d.gruppe;

-- query innspill_present_insert(int owner, int rapport, text gruppe, int number) -> nothing
INSERT INTO rapport_deltakere (owner, rapport, gruppe, number) VALUES (:owner, :rapport, :gruppe, :number);

-- query innspill_present_delete(int owner, int rapport) -> nothing
DELETE FROM rapport_deltakere WHERE owner = :owner AND rapport = :rapport;

-- query innspill_agenda(int owner, int rapport) -> rows(int id, int nr, text gruppe, text text, text status, text reason, int? proposed_by)
SELECT p.id, p.nr, p.gruppe, p.text, p.status, p.reason, p.proposed_by FROM rapport_dialogpunkt p
 WHERE p.owner = :owner AND p.rapport = :rapport ORDER BY p.nr;

-- query innspill_agenda_insert(int owner, int id, int rapport, text gruppe, text text, text status, int proposed_at, int? proposed_by) -> nothing
-- The same words from the same person of the same group once: a form sent twice.
INSERT INTO rapport_dialogpunkt (owner, id, rapport, nr, gruppe, text, status, reason, proposed_at, proposed_by)
SELECT CAST(:owner AS BIGINT), CAST(:id AS BIGINT), CAST(:rapport AS BIGINT), COALESCE(MAX(p.nr), 0) + 1,
       CAST(:gruppe AS TEXT), CAST(:text AS TEXT), CAST(:status AS TEXT), '', CAST(:proposed_at AS BIGINT),
       CAST(:proposed_by AS BIGINT)
  FROM rapport_dialogpunkt p WHERE p.owner = :owner AND p.rapport = :rapport
HAVING COUNT(CASE WHEN p.text = :text AND p.gruppe = :gruppe
                   AND COALESCE(p.proposed_by, 0) = COALESCE(CAST(:proposed_by AS BIGINT), 0) THEN 1 END) = 0;

-- query innspill_agenda_decide(int owner, int id, int rapport, text status, text reason) -> rows(int id)
UPDATE rapport_dialogpunkt SET status = :status, reason = :reason
 WHERE owner = :owner AND id = :id AND rapport = :rapport RETURNING id;

-- query innspill_select(int owner, int rapport) -> rows(int id, int nr, text gruppe, int? organ, int kapittel, text occasion, text given_on, text text, text status, text answer, text? answered_on, int? recorded_by, int version)
SELECT i.id, i.nr, i.gruppe, i.organ, i.kapittel, i.occasion, i.given_on, i.text, i.status, i.answer,
       i.answered_on, i.recorded_by, i.version
  FROM rapport_innspill i WHERE i.owner = :owner AND i.rapport = :rapport ORDER BY i.nr;

-- query innspill_insert(int owner, int id, int rapport, text gruppe, int? organ, int kapittel, text occasion, text given_on, text text, int recorded_at, int? recorded_by) -> nothing
-- Just the same from the same person once: a form sent twice.
INSERT INTO rapport_innspill (owner, id, rapport, nr, gruppe, organ, kapittel, occasion, given_on, text, status,
                              answer, answered_on, answered_by, recorded_at, recorded_by, version)
SELECT CAST(:owner AS BIGINT), CAST(:id AS BIGINT), CAST(:rapport AS BIGINT), COALESCE(MAX(i.nr), 0) + 1,
       CAST(:gruppe AS TEXT), CAST(:organ AS BIGINT), CAST(:kapittel AS BIGINT), CAST(:occasion AS TEXT),
       CAST(:given_on AS TEXT), CAST(:text AS TEXT), 'mottatt', '', NULL, NULL, CAST(:recorded_at AS BIGINT),
       CAST(:recorded_by AS BIGINT), 1
  FROM rapport_innspill i WHERE i.owner = :owner AND i.rapport = :rapport
HAVING COUNT(CASE WHEN i.text = :text AND i.gruppe = :gruppe AND i.kapittel = :kapittel
                   AND i.occasion = :occasion AND COALESCE(i.organ, 0) = COALESCE(CAST(:organ AS BIGINT), 0)
                   AND COALESCE(i.recorded_by, 0) = COALESCE(CAST(:recorded_by AS BIGINT), 0) THEN 1 END) = 0;

-- query innspill_answer(int owner, int id, int rapport, int version, text status, text answer, text? answered_on, int? answered_by) -> rows(int version)
UPDATE rapport_innspill
   SET status = :status, answer = :answer, answered_on = :answered_on, answered_by = :answered_by,
       version = version + 1
 WHERE owner = :owner AND id = :id AND rapport = :rapport AND version = :version
RETURNING version;

-- query innspill_waiting(int owner, int rapport) -> rows(int number)
SELECT COUNT(*) AS number FROM rapport_innspill i
 WHERE i.owner = :owner AND i.rapport = :rapport AND i.status = 'mottatt';
