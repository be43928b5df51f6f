-- oppfolging.sql - what the decision becomes: items with owner, date and answer.
-- SPDX-License-Identifier: EUPL-1.2

-- query oppfolging_select(int owner, int rapport) -> rows(int id, int nr, text task, int? responsible, text? due, text answer, text? answered_on, text status)
SELECT o.id, o.nr, o.task, o.responsible, o.due, o.answer, o.answered_on, o.status FROM rapport_oppfolging o
 WHERE o.owner = :owner AND o.rapport = :rapport ORDER BY o.nr;

-- query oppfolging_one(int owner, int id) -> rows(int? responsible, text? due, text answer, text status)
SELECT o.responsible, o.due, o.answer, o.status FROM rapport_oppfolging o WHERE o.owner = :owner AND o.id = :id;

-- query oppfolging_insert(int owner, int id, int rapport, text task, int? event) -> nothing
-- By hand the same words once: a form sent twice. Lines of a decision are as they were written.
INSERT INTO rapport_oppfolging (owner, id, rapport, nr, task, responsible, due, answer, answered_on,
                                event)
SELECT CAST(:owner AS BIGINT), CAST(:id AS BIGINT), CAST(:rapport AS BIGINT), COALESCE(MAX(o.nr), 0) + 1,
       CAST(:task AS TEXT), NULL, NULL, '', NULL,
       CAST(:event AS BIGINT)
  FROM rapport_oppfolging o WHERE o.owner = :owner AND o.rapport = :rapport
HAVING COALESCE(CAST(:event AS BIGINT), 0) <> 0
    OR COUNT(CASE WHEN o.event IS NULL AND o.task = :task THEN 1 END) = 0;

-- query oppfolging_update(int owner, int id, text task, int? responsible, text? due, text answer, text? answered_on, text? status) -> rows(int id)
UPDATE rapport_oppfolging
   SET task = :task, responsible = :responsible, due = :due, answer = :answer,
       status = COALESCE(:status, status),
       answered_on = CASE WHEN :answered_on IS NULL THEN NULL
                          WHEN answer = :answer AND answered_on IS NOT NULL THEN answered_on
                          ELSE :answered_on END
 WHERE owner = :owner AND id = :id RETURNING id;

-- query oppfolging_answers(int owner, int punkt) -> rows(text given_on, text status, text answer, int? recorded_by)
SELECT s.given_on, s.status, s.answer, s.recorded_by FROM rapport_oppfolging_svar s
 WHERE s.owner = :owner AND s.punkt = :punkt ORDER BY s.recorded_at, s.id;

-- query oppfolging_answer_insert(int owner, int id, int punkt, text status, text answer, text given_on, int recorded_at, int? recorded_by) -> nothing
-- What says the same as the newest one is no new answer.
INSERT INTO rapport_oppfolging_svar (owner, id, punkt, status, answer, given_on, recorded_at, recorded_by)
SELECT CAST(:owner AS BIGINT), CAST(:id AS BIGINT), CAST(:punkt AS BIGINT), CAST(:status AS TEXT),
       CAST(:answer AS TEXT), CAST(:given_on AS TEXT), CAST(:recorded_at AS BIGINT), CAST(:recorded_by AS BIGINT)
 WHERE NOT EXISTS (SELECT 1 FROM rapport_oppfolging_svar s
                    WHERE s.owner = :owner AND s.punkt = :punkt AND s.status = :status AND s.answer = :answer
                      AND s.id = (SELECT MAX(n.id) FROM rapport_oppfolging_svar n
                                   WHERE n.owner = :owner AND n.punkt = :punkt));

-- query oppfolging_delete_answers(int owner, int rapport, int event) -> nothing
DELETE FROM rapport_oppfolging_svar WHERE owner = :owner AND punkt IN
    (SELECT o.id FROM rapport_oppfolging o WHERE o.owner = :owner AND o.rapport = :rapport AND o.event = :event);

-- query oppfolging_delete_reminders(int owner, int rapport, int event) -> nothing
DELETE FROM rapport_paminnelse WHERE owner = :owner AND punkt IN
    (SELECT o.id FROM rapport_oppfolging o WHERE o.owner = :owner AND o.rapport = :rapport AND o.event = :event);

-- query oppfolging_delete(int owner, int rapport, int event) -> nothing
DELETE FROM rapport_oppfolging WHERE owner = :owner AND rapport = :rapport AND event = :event;
