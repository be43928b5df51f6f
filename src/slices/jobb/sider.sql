-- sider.sql - the queue as people see it, and what goes when.
-- SPDX-License-Identifier: EUPL-1.2

-- query jobb_list(int owner, int person, int everybody) -> rows(int owner, int id, int person, text kind, text title, text state, int attempt, int attempts, int done, int total, text text, text? path, int added, int due, int stop, int? ended)
SELECT j.owner, j.id, j.person, j.kind, j.title, j.state, j.attempt, j.attempts, j.done, j.total, j.text, j.path,
       j.added, j.due, j.stop, j.ended
  FROM jobb j
 WHERE j.owner = :owner AND (j.person = :person OR :everybody = 1)
 ORDER BY CASE WHEN j.state IN ('venter', 'arbeider') THEN 0 ELSE 1 END, coalesce(j.ended, j.due) DESC, j.id DESC
 LIMIT 100;

-- query jobb_of_person(int owner, int person) -> rows(text title, text state, text text, int added, int? ended)
SELECT j.title, j.state, j.text, j.added, j.ended
  FROM jobb j WHERE j.owner = :owner AND j.person = :person ORDER BY j.added, j.id;

-- query jobb_old_count(int owner, int before) -> row(int n)
SELECT count(*) AS n FROM jobb j WHERE j.owner = :owner AND j.ended IS NOT NULL AND j.ended < :before;

-- query jobb_old_delete(int owner, int before) -> nothing
DELETE FROM jobb WHERE owner = :owner AND ended IS NOT NULL AND ended < :before;

-- query jobb_mark(int owner, int id) -> nothing
UPDATE jobb SET args = args || 'x' WHERE owner = :owner AND id = :id;
