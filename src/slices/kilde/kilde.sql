-- kilde.sql - sources as rows, and what waits.
-- SPDX-License-Identifier: EUPL-1.2

-- query kilde_select_all(int id) -> rows(int id, text name, text url, text body, text kind, int hours, int straight, int active, text? structure, text asked_url, text? etag, text? modified, int due_at, int? last_try_at, int? last_ok_at, text trouble, text words, int? trouble_at, int failures, int n_asked, int n_failed)
-- id 0: all of them
SELECT k.id, k.name, k.url, k.body, k.kind, k.hours, k.straight, k.active, k.structure, k.asked_url, k.etag,
       k.modified, k.due_at, k.last_try_at, k.last_ok_at, k.trouble, k.words, k.trouble_at, k.failures,
       k.n_asked, k.n_failed
  FROM kilde k WHERE :id = 0 OR k.id = :id ORDER BY k.name COLLATE "nb", k.id;

-- query kilde_hurry(int id, int now) -> nothing
UPDATE kilde SET due_at = :now WHERE id = :id AND due_at > :now;

-- query kilde_due(int now) -> rows(int id, text name, int due_at)
SELECT k.id, k.name, k.due_at FROM kilde k
 WHERE k.active = 1 AND k.due_at <= :now AND k.busy_until <= :now ORDER BY k.due_at, k.id;

-- query kilde_waiting() -> rows(int id, text name, text state)
SELECT k.id, k.name, s.state FROM kilde_svar s JOIN kilde k ON k.id = s.kilde
 WHERE s.state IN ('venter', 'ny_form') ORDER BY s.fetched_at DESC LIMIT 50;
