-- finn.sql - what a search finds.
--
-- It looks at the newest of what fits, 2000 at most, and puts the best of it first: a word that is
-- everywhere costs no more than one that is rare. Of titles the shortest is the best: it says least else.
-- SPDX-License-Identifier: EUPL-1.2

-- query sok_find(text query, int owner, int everyone, text language, text whole, text own, int unit, text kind, int titles, int most) -> rows(int owner, int id, text kind, text title, text body, text path, text at) @sqlite: its full-text search is a table of its own
-- all owners: a visitor searches what every owner has published, and everybody what is the installation's
SELECT c.owner, c.id, c.kind, c.title, c.body, c.path, c.at
  FROM (SELECT d.owner, d.id, d.kind, d.title, d.body, d.path, d.at, s.rank AS score
          FROM sok_dokument_search s JOIN sok_dokument d ON d.id = s.rowid
         WHERE s.sok_dokument_search MATCH :query
           AND (d.owner = :owner OR d.owner = 0 OR (:everyone = 1 AND d.gate = 'PUBLIC'))
           AND (d.language = '' OR d.language = :language)
           AND (instr(:whole, '|' || d.gate || '|') > 0
                OR (d.unit = :unit AND instr(:own, '|' || d.gate || '|') > 0))
           AND (:kind = '' OR d.kind = :kind)
         ORDER BY s.rowid DESC LIMIT 2000) c
 ORDER BY CASE WHEN :titles = 1 THEN length(c.title) ELSE 0 END, c.score, c.id DESC
 LIMIT :most;

-- query sok_find(text query, int owner, int everyone, text language, text whole, text own, int unit, text kind, int titles, int most) -> rows(int owner, int id, text kind, text title, text body, text path, text at) @postgresql: its full-text search is a column
-- all owners: a visitor searches what every owner has published, and everybody what is the installation's
SELECT c.owner, c.id, c.kind, c.title, c.body, c.path, c.at
  FROM (SELECT d.owner, d.id, d.kind, d.title, d.body, d.path, d.at, d.search, q.q
          FROM sok_dokument d, to_tsquery('simple', :query) q (q)
         WHERE d.search @@ q.q
           AND (d.owner = :owner OR d.owner = 0 OR (:everyone = 1 AND d.gate = 'PUBLIC'))
           AND (d.language = '' OR d.language = :language)
           AND (strpos(:whole, '|' || d.gate || '|') > 0
                OR (d.unit = :unit AND strpos(:own, '|' || d.gate || '|') > 0))
           AND (:kind = '' OR d.kind = :kind)
         ORDER BY d.id DESC LIMIT 2000) c
 ORDER BY CASE WHEN :titles = 1 THEN length(c.title) ELSE 0 END, ts_rank(c.search, c.q) DESC, c.id DESC
 LIMIT :most;
