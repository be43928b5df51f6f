-- oppfolging.sql - what the decision becomes: items with owner, date and answer.
-- SPDX-License-Identifier: EUPL-1.2

-- query oppfolging_select(int owner, int rapport) -> rows(int id, int nr, text task, int? responsible, text? due, text answer, text? answered_on)
SELECT o.id, o.nr, o.task, o.responsible, o.due, o.answer, o.answered_on FROM rapport_oppfolging o
 WHERE o.owner = :owner AND o.rapport = :rapport ORDER BY o.nr;

-- query oppfolging_insert(int owner, int id, int rapport, text task, int? event) -> nothing
INSERT INTO rapport_oppfolging (owner, id, rapport, nr, task, responsible, due, answer, answered_on,
                                event)
SELECT CAST(:owner AS BIGINT), CAST(:id AS BIGINT), CAST(:rapport AS BIGINT), COALESCE(MAX(o.nr), 0) + 1,
       CAST(:task AS TEXT), NULL, NULL, '', NULL,
       CAST(:event AS BIGINT)
  FROM rapport_oppfolging o WHERE o.owner = :owner AND o.rapport = :rapport;

-- query oppfolging_update(int owner, int id, text task, int? responsible, text? due, text answer, text? answered_on) -> rows(int id)
UPDATE rapport_oppfolging
   SET task = :task, responsible = :responsible, due = :due, answer = :answer,
       answered_on = CASE WHEN :answered_on IS NULL THEN NULL
                          WHEN answer = :answer AND answered_on IS NOT NULL THEN answered_on
                          ELSE :answered_on END
 WHERE owner = :owner AND id = :id RETURNING id;

-- query oppfolging_delete(int owner, int rapport, int event) -> nothing
DELETE FROM rapport_oppfolging WHERE owner = :owner AND rapport = :rapport AND event = :event;
