-- jobb.sql - the queue: put in, claimed, told of, ended.
-- SPDX-License-Identifier: EUPL-1.2

-- query jobb_insert(int owner, int id, text kind, text? key, text title, text args, int person, int attempts, int due, int added) -> rows(int id)
-- all owners: a job may be the installation's own, with owner 0, whoever's rows the handle sees
INSERT INTO jobb (owner, id, kind, key, title, args, person, state, attempt, attempts, fence, due, lease, stop,
                  done, total, text, path, added, started, ended)
VALUES (:owner, :id, :kind, :key, :title, :args, :person, 'venter', 0, :attempts, 0, :due, 0, 0,
        0, 0, '', NULL, :added, NULL, NULL)
ON CONFLICT (owner, key) DO NOTHING
RETURNING id;

-- query jobb_select_key(int owner, text key) -> rows(int id)
-- all owners: a job may be the installation's own, with owner 0, whoever's rows the handle sees
SELECT j.id FROM jobb j WHERE j.owner = :owner AND j.key = :key;

-- query jobb_select(int owner, int id) -> rows(int owner, int id, int person, text kind, text title, text state, int attempt, int attempts, int done, int total, text text, text? path, int added, int due, int stop, int? ended)
-- all owners: a job may be the installation's own, with owner 0, whoever's rows the handle sees
SELECT j.owner, j.id, j.person, j.kind, j.title, j.state, j.attempt, j.attempts, j.done, j.total, j.text, j.path,
       j.added, j.due, j.stop, j.ended
  FROM jobb j WHERE j.owner = :owner AND j.id = :id;

-- query jobb_cancel_waiting(int owner, int id, int now) -> rows(int id)
-- all owners: a job may be the installation's own, with owner 0, whoever's rows the handle sees
UPDATE jobb SET state = 'avbrutt', fence = fence + 1, ended = :now, stop = 1
 WHERE owner = :owner AND id = :id AND state = 'venter' RETURNING id;

-- query jobb_cancel_working(int owner, int id) -> rows(int id)
-- all owners: a job may be the installation's own, with owner 0, whoever's rows the handle sees
UPDATE jobb SET stop = 1 WHERE owner = :owner AND id = :id AND state = 'arbeider' RETURNING id;

-- query jobb_retry(int owner, int id, int now) -> rows(int id)
-- all owners: a job may be the installation's own, with owner 0, whoever's rows the handle sees
UPDATE jobb SET state = 'venter', attempt = 0, due = :now, stop = 0, done = 0, total = 0, text = '',
                path = NULL, ended = NULL
 WHERE owner = :owner AND id = :id AND state IN ('mislykket', 'avbrutt') RETURNING id;
