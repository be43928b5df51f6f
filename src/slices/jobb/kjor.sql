-- kjor.sql - the queue as the jobs program sees it: claimed, told of, ended.
-- SPDX-License-Identifier: EUPL-1.2

-- query jobb_due(int now) -> rows(int due)
-- all owners: the jobs program works for everybody
SELECT j.due FROM jobb j
 WHERE (j.state = 'venter' AND j.due <= :now) OR (j.state = 'arbeider' AND j.lease <= :now) LIMIT 1;

-- query jobb_claim(int now, int lease) -> rows(int owner, int id, int person, text kind, text title, text args, int attempt, int attempts, int fence, int stop, int added) @sqlite: one writer at a time, so nobody can come between the choice and the change
-- all owners: the jobs program works for everybody
UPDATE jobb SET state = 'arbeider', attempt = attempt + 1, fence = fence + 1, lease = :lease, started = :now,
                done = 0, total = 0, text = '', path = NULL
 WHERE id = (SELECT j.id FROM jobb j
              WHERE (j.state = 'venter' AND j.due <= :now) OR (j.state = 'arbeider' AND j.lease <= :now)
              ORDER BY j.due, j.id LIMIT 1)
RETURNING owner, id, person, kind, title, args, attempt, attempts, fence, stop, added;

-- query jobb_claim(int now, int lease) -> rows(int owner, int id, int person, text kind, text title, text args, int attempt, int attempts, int fence, int stop, int added) @postgresql: two nodes must not wait for each other over the same row
-- all owners: the jobs program works for everybody
UPDATE jobb SET state = 'arbeider', attempt = attempt + 1, fence = fence + 1, lease = :lease, started = :now,
                done = 0, total = 0, text = '', path = NULL
 WHERE id = (SELECT j.id FROM jobb j
              WHERE (j.state = 'venter' AND j.due <= :now) OR (j.state = 'arbeider' AND j.lease <= :now)
              ORDER BY j.due, j.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING owner, id, person, kind, title, args, attempt, attempts, fence, stop, added;

-- query jobb_tell(int owner, int id, int fence, int lease, int done, int total, text text) -> rows(int stop)
-- all owners: a job may be the installation's own, with owner 0, whoever's rows the handle sees
UPDATE jobb SET lease = :lease, done = :done, total = :total, text = :text
 WHERE owner = :owner AND id = :id AND fence = :fence AND state = 'arbeider' RETURNING stop;

-- query jobb_hold(int owner, int id, int fence, int lease) -> rows(int stop)
-- all owners: a job may be the installation's own, with owner 0, whoever's rows the handle sees
UPDATE jobb SET lease = :lease
 WHERE owner = :owner AND id = :id AND fence = :fence AND state = 'arbeider' RETURNING stop;

-- query jobb_end(int owner, int id, int fence, text state, int done, int total, text text, text? path, int ended) -> rows(int id)
-- all owners: a job may be the installation's own, with owner 0, whoever's rows the handle sees
UPDATE jobb SET state = :state, lease = 0, done = :done, total = :total, text = :text, path = :path, ended = :ended
 WHERE owner = :owner AND id = :id AND fence = :fence AND state = 'arbeider' RETURNING id;

-- query jobb_again(int owner, int id, int fence, int due, text text) -> rows(int id)
-- all owners: a job may be the installation's own, with owner 0, whoever's rows the handle sees
UPDATE jobb SET state = 'venter', lease = 0, due = :due, text = :text, done = 0, total = 0
 WHERE owner = :owner AND id = :id AND fence = :fence AND state = 'arbeider' RETURNING id;

-- query jobb_yield(int owner, int id, int fence) -> nothing
-- all owners: a job may be the installation's own, with owner 0, whoever's rows the handle sees
UPDATE jobb SET state = 'venter', lease = 0, attempt = attempt - 1, done = 0, total = 0, text = ''
 WHERE owner = :owner AND id = :id AND fence = :fence AND state = 'arbeider';
