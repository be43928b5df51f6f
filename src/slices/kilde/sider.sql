-- sider.sql - what the pages show and change.
-- SPDX-License-Identifier: EUPL-1.2

-- query kilde_named(text name) -> rows(int id, text url, text body)
SELECT k.id, k.url, k.body FROM kilde k WHERE k.name = :name;

-- query kilde_insert(int id, text name, text url, text body, text kind, int hours, int straight, int active, int now) -> nothing
INSERT INTO kilde (id, name, url, body, kind, hours, straight, active, structure, asked_url, etag, modified, due_at,
                   busy_until, last_try_at, last_ok_at, trouble, words, trouble_at, failures, n_asked, n_failed, added_at)
VALUES (:id, :name, :url, :body, :kind, :hours, :straight, :active, NULL, '', NULL, NULL, :now,
        0, NULL, NULL, '', '', NULL, 0, 0, 0, :now);

-- query kilde_update(int id, text name, text url, text body, text kind, int hours, int straight, int active) -> nothing
-- another question has another answer: the mark of the old one goes
UPDATE kilde SET name = :name, kind = :kind, hours = :hours, straight = :straight, active = :active,
       structure = CASE WHEN url = :url AND body = :body THEN structure END,
       etag = CASE WHEN url = :url AND body = :body THEN etag END,
       modified = CASE WHEN url = :url AND body = :body THEN modified END,
       url = :url, body = :body
 WHERE id = :id;

-- query kilde_delete(int id) -> nothing
DELETE FROM kilde WHERE id = :id;

-- query kilde_answers(int kilde, int most) -> rows(int id, int fetched_at, text url, int status, text type, text headers, text sha256, int size, int kept, text state, text note, text structure)
SELECT s.id, s.fetched_at, s.url, s.status, s.type, s.headers, s.sha256, s.size,
       CASE WHEN s.data IS NULL THEN 0 ELSE 1 END AS kept, s.state, s.note, s.structure
  FROM kilde_svar s WHERE s.kilde = :kilde ORDER BY s.fetched_at DESC, s.id DESC LIMIT :most;

-- query kilde_answers_count(int kilde) -> rows(int n, int n_kept)
SELECT count(*) AS n, count(s.data) AS n_kept FROM kilde_svar s WHERE s.kilde = :kilde;
