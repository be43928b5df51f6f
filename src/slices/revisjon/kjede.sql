-- kjede.sql - the chain of the audit log: its end, its lines in order, its seals.
-- SPDX-License-Identifier: EUPL-1.2

-- query revisjon_end_select(int owner) -> rows(int seq, text hash)
SELECT e.seq, e.hash FROM revisjon_ende e WHERE e.owner = :owner;

-- query revisjon_end_insert(int owner, text hash) -> nothing
INSERT INTO revisjon_ende (owner, seq, hash) VALUES (:owner, 0, :hash) ON CONFLICT (owner) DO NOTHING;

-- query revisjon_end_update(int owner, int seq, text hash) -> rows(int seq)
UPDATE revisjon_ende SET seq = :seq, hash = :hash WHERE owner = :owner AND seq = :seq - 1 RETURNING seq;

-- query revisjon_insert(int owner, int seq, int at, int person, text role, text act, int object, int subject, text detail, text client, text prev, text hash) -> rows(int seq) @sqlite: no change inside a query there; revisjon_end_update goes before
INSERT INTO revisjon (owner, seq, at, person, role, act, object, subject, detail, client, prev, hash)
SELECT e.owner, e.seq, :at, :person, :role, :act, :object, :subject, :detail, :client, :prev, :hash
  FROM revisjon_ende e WHERE e.owner = :owner AND e.seq = :seq RETURNING seq;

-- query revisjon_insert(int owner, int seq, int at, int person, text role, text act, int object, int subject, text detail, text client, text prev, text hash) -> rows(int seq) @postgresql: moves the end too, for the way there and back is what costs
WITH moved AS (
    UPDATE revisjon_ende SET seq = :seq, hash = :hash WHERE owner = :owner AND seq = :seq - 1 RETURNING owner, seq
)
INSERT INTO revisjon (owner, seq, at, person, role, act, object, subject, detail, client, prev, hash)
SELECT m.owner, m.seq, :at, :person, :role, :act, :object, :subject, :detail, :client, :prev, :hash
  FROM moved m RETURNING seq;

-- query revisjon_walk(int owner, int after) -> rows(int seq, int at, int person, text role, text act, int object, int subject, text detail, text client, text prev, text hash)
-- all owners: verify reads the installation's chain (0) too
SELECT r.seq, r.at, r.person, r.role, r.act, r.object, r.subject, r.detail, r.client, r.prev, r.hash
  FROM revisjon r
 WHERE r.owner = :owner AND r.seq > :after
 ORDER BY r.seq LIMIT 2000;

-- query revisjon_seal_select(int owner) -> rows(int seq, text hash)
-- all owners: verify reads the installation's chain (0) too
SELECT s.seq, s.hash FROM revisjon_segl s WHERE s.owner = :owner ORDER BY s.seq DESC LIMIT 1;

-- query revisjon_last_before(int owner, int before) -> rows(int seq, text hash)
-- all owners: verify reads the installation's chain (0) too
SELECT r.seq, r.hash FROM revisjon r
 WHERE r.owner = :owner AND r.seq < (SELECT coalesce(min(a.seq), 9223372036854775807)
                                     FROM revisjon a WHERE a.owner = :owner AND a.at >= :before)
 ORDER BY r.seq DESC LIMIT 1;

-- query revisjon_count_to(int owner, int seq) -> row(int n)
-- all owners: verify reads the installation's chain (0) too
SELECT count(*) AS n FROM revisjon r WHERE r.owner = :owner AND r.seq <= :seq;

-- query revisjon_seal_insert(int owner, int seq, text hash, int made_at, int n) -> nothing
-- all owners: verify reads the installation's chain (0) too
INSERT INTO revisjon_segl (owner, seq, hash, made_at, n) VALUES (:owner, :seq, :hash, :made_at, :n);

-- query revisjon_delete_to(int owner, int seq) -> nothing
-- all owners: verify reads the installation's chain (0) too
DELETE FROM revisjon WHERE owner = :owner AND seq <= :seq;
