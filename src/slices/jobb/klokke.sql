-- klokke.sql - jobs that come by the clock.
-- SPDX-License-Identifier: EUPL-1.2

-- query jobb_clock_move(int owner, text kind, int slot) -> rows(int slot)
INSERT INTO jobb_klokke (owner, kind, slot) VALUES (:owner, :kind, :slot)
ON CONFLICT (owner, kind) DO UPDATE SET slot = excluded.slot WHERE jobb_klokke.slot < excluded.slot
RETURNING slot;

-- query jobb_clock_busy(int owner, text kind) -> rows(int id)
SELECT j.id FROM jobb j
 WHERE j.owner = :owner AND j.kind = :kind AND j.person = 0 AND j.state IN ('venter', 'arbeider') LIMIT 1;

-- query jobb_clock_sweep(int owner, text kind) -> nothing
-- of those that came by the clock and went well, the last is enough
DELETE FROM jobb
 WHERE owner = :owner AND kind = :kind AND person = 0 AND key IS NULL AND state = 'ferdig'
   AND id < (SELECT max(j.id) FROM jobb j
              WHERE j.owner = :owner AND j.kind = :kind AND j.person = 0 AND j.key IS NULL
                AND j.state = 'ferdig');

-- query jobb_counts() -> rows(text state, int n)
-- all owners: figures of operation
SELECT j.state, count(*) AS n FROM jobb j GROUP BY j.state;

-- query jobb_everything(int most) -> rows(int owner, int id, int person, text kind, text title, text state, int attempt, int attempts, int done, int total, text text, text? path, int added, int due, int stop, int? ended)
-- all owners: the command line shows the whole queue
SELECT j.owner, j.id, j.person, j.kind, j.title, j.state, j.attempt, j.attempts, j.done, j.total, j.text, j.path,
       j.added, j.due, j.stop, j.ended
  FROM jobb j
 ORDER BY CASE WHEN j.state IN ('venter', 'arbeider') THEN 0 ELSE 1 END, coalesce(j.ended, j.due) DESC, j.id DESC
 LIMIT :most;
