-- arbeid.sql - who has a chapter, who is in it, comments, and chapters beyond the template.
-- SPDX-License-Identifier: EUPL-1.2

-- query arbeid_assign(int owner, int kapittel, int? writer, int? unit, text? due, int since) -> nothing
INSERT INTO rapport_kapittel_arbeid (owner, kapittel, writer, unit, due, since)
VALUES (:owner, :kapittel, :writer, :unit, :due, :since)
ON CONFLICT (owner, kapittel) DO UPDATE
   SET writer = excluded.writer, unit = excluded.unit, due = excluded.due, since = excluded.since;

-- query arbeid_opened(int owner, int kapittel, int person, int opened_at) -> nothing
INSERT INTO rapport_kapittel_apnet (owner, kapittel, person, opened_at)
VALUES (:owner, :kapittel, :person, :opened_at)
ON CONFLICT (owner, kapittel, person) DO UPDATE SET opened_at = excluded.opened_at;

-- query arbeid_others(int owner, int kapittel, int person, int since) -> rows(int person, int opened_at)
SELECT a.person, a.opened_at FROM rapport_kapittel_apnet a
 WHERE a.owner = :owner AND a.kapittel = :kapittel AND a.person <> :person AND a.opened_at > :since
 ORDER BY a.opened_at DESC;

-- query kommentar_select(int owner, int rapport) -> rows(int id, int kapittel, int thread, text quote, text body, int written_by, int written_at, int? resolved_by, int? resolved_at)
SELECT c.id, c.kapittel, c.thread, c.quote, c.body, c.written_by, c.written_at, c.resolved_by, c.resolved_at
  FROM rapport_kommentar c JOIN rapport_kapittel k ON k.owner = c.owner AND k.id = c.kapittel
 WHERE c.owner = :owner AND k.rapport = :rapport ORDER BY c.thread, c.written_at, c.id;

-- query kommentar_thread(int owner, int kapittel, int thread) -> rows(int id)
SELECT c.id FROM rapport_kommentar c
 WHERE c.owner = :owner AND c.kapittel = :kapittel AND c.id = :thread AND c.thread = c.id;

-- query kommentar_insert(int owner, int id, int kapittel, int thread, text quote, text body, int written_by, int written_at) -> nothing
INSERT INTO rapport_kommentar (owner, id, kapittel, thread, quote, body, written_by, written_at, resolved_by,
                               resolved_at)
VALUES (:owner, :id, :kapittel, :thread, :quote, :body, :written_by, :written_at, NULL, NULL);

-- query kommentar_same(int owner, int kapittel, int thread, text quote, text body, int written_by, int since) -> rows(int id)
-- The same words by the same person in the same place since then: a form sent twice. thread 0: a new one.
SELECT c.id FROM rapport_kommentar c
 WHERE c.owner = :owner AND c.kapittel = :kapittel AND c.written_by = :written_by AND c.body = :body
   AND c.quote = :quote AND c.written_at > :since
   AND (c.thread = :thread OR (:thread = 0 AND c.thread = c.id))
 ORDER BY c.id LIMIT 1;

-- query kommentar_resolve(int owner, int thread, int? resolved_by, int? resolved_at) -> rows(int id)
UPDATE rapport_kommentar SET resolved_by = :resolved_by, resolved_at = :resolved_at
 WHERE owner = :owner AND id = :thread AND thread = id RETURNING id;

-- query kapittel_shift(int owner, int rapport, int nr, int step) -> nothing
UPDATE rapport_kapittel SET nr = nr + :step WHERE owner = :owner AND rapport = :rapport AND nr >= :nr;

-- query kapittel_insert(int owner, int id, int rapport, int nr, text kind, text theme, int statutory, text title, text indicators, text views, int changed_at) -> nothing
INSERT INTO rapport_kapittel (owner, id, rapport, nr, kind, theme, statutory, title, body, goals, judgement,
                              measures, no_measures, status, version, changed_at, changed_by, indicators, views,
                              review)
VALUES (:owner, :id, :rapport, :nr, :kind, :theme, :statutory, :title, '', '', '', '', '', 'tom', 1,
        :changed_at, NULL, :indicators, :views, 0);

-- query kapittel_delete(int owner, int id) -> nothing
DELETE FROM rapport_kapittel WHERE owner = :owner AND id = :id;

-- query kapittel_things(int owner, int kapittel) -> row(int n)
SELECT (SELECT COUNT(*) FROM rapport_kommentar c WHERE c.owner = :owner AND c.kapittel = :kapittel)
     + (SELECT COUNT(*) FROM rapport_maal m WHERE m.owner = :owner AND m.kapittel = :kapittel)
     + (SELECT COUNT(*) FROM rapport_tiltak t WHERE t.owner = :owner AND t.kapittel = :kapittel) AS n;
