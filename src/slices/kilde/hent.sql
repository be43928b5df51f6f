-- hent.sql - asking: claimed, its turn, what came and what went wrong.
-- SPDX-License-Identifier: EUPL-1.2

-- query kilde_claim(int id, int now, int until, int next) -> rows(int id)
UPDATE kilde SET busy_until = :until, due_at = :next, last_try_at = :now, n_asked = n_asked + 1
 WHERE id = :id AND busy_until <= :now RETURNING id;

-- query kilde_release(int id) -> nothing
UPDATE kilde SET busy_until = 0 WHERE id = :id;

-- query kilde_went_well(int id, int now, text asked_url, text? etag, text? modified, text? structure) -> nothing
UPDATE kilde SET busy_until = 0, last_ok_at = :now, failures = 0, asked_url = :asked_url, etag = :etag,
       modified = :modified, structure = coalesce(:structure, structure)
 WHERE id = :id;

-- query kilde_went_wrong(int id, int now, text trouble, text words, int? due_at) -> nothing
UPDATE kilde SET busy_until = 0, trouble = :trouble, words = :words, trouble_at = :now, failures = failures + 1,
       n_failed = n_failed + 1, due_at = coalesce(CAST(:due_at AS BIGINT), due_at)
 WHERE id = :id;

-- query kilde_answer_insert(int id, int kilde, int fetched_at, text url, int status, text type, text headers, text sha256, int size, blob data, text state, text note, text structure) -> nothing
INSERT INTO kilde_svar (id, kilde, fetched_at, url, status, type, headers, sha256, size, data, state, note, structure)
VALUES (:id, :kilde, :fetched_at, :url, :status, :type, :headers, :sha256, :size, :data, :state, :note, :structure);

-- query kilde_newest(int kilde) -> rows(text sha256)
SELECT s.sha256 FROM kilde_svar s WHERE s.kilde = :kilde ORDER BY s.fetched_at DESC, s.id DESC LIMIT 1;

-- query kilde_answer_state(int kilde, int id, text state, text note) -> nothing
UPDATE kilde_svar SET state = :state, note = :note WHERE kilde = :kilde AND id = :id;

-- query kilde_supersede(int kilde, int id) -> nothing
-- an older answer that still waits says less than the new one
UPDATE kilde_svar SET state = 'droppet' WHERE kilde = :kilde AND id <> :id AND state IN ('venter', 'ny_form');

-- query kilde_let_go(int kilde, int keep, int before) -> nothing
UPDATE kilde_svar SET data = NULL
 WHERE kilde = :kilde AND data IS NOT NULL AND state NOT IN ('venter', 'ny_form')
   AND (fetched_at < :before OR
        id NOT IN (SELECT s.id FROM kilde_svar s WHERE s.kilde = :kilde ORDER BY s.fetched_at DESC, s.id DESC LIMIT :keep));

-- query kilde_part(int kilde) -> rows(text url, text mark, text packing, blob data)
SELECT d.url, d.mark, d.packing, d.data FROM kilde_del d WHERE d.kilde = :kilde;

-- query kilde_part_put(int kilde, text url, text mark, text packing, blob data) -> nothing
INSERT INTO kilde_del (kilde, url, mark, packing, data) VALUES (:kilde, :url, :mark, :packing, :data)
ON CONFLICT (kilde) DO UPDATE
   SET url = excluded.url, mark = excluded.mark, packing = excluded.packing, data = excluded.data;

-- query kilde_part_drop(int kilde) -> nothing
DELETE FROM kilde_del WHERE kilde = :kilde;

-- query kilde_turn(text origin, int now, int next) -> rows(int next_at)
INSERT INTO kilde_vert (origin, next_at) VALUES (:origin, :next)
ON CONFLICT (origin) DO UPDATE SET next_at = excluded.next_at WHERE kilde_vert.next_at <= :now
RETURNING next_at;
