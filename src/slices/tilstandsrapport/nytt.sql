-- nytt.sql - what has happened to an owner's reports, and where one stands on the red thread; for the home page.
-- SPDX-License-Identifier: EUPL-1.2

-- query nytt_select(int owner, int person, int since, text since_day) -> rows(text what, int rapport, text title, text state, int? published, int n, int at)
-- What others did, one line for each report and kind; an answered input is told to whoever gave it.
SELECT x.what, r.id AS rapport, r.title, r.state, r.published, x.n, x.at
  FROM (SELECT h.action AS what, h.rapport, 1 AS n, h.recorded_at AS at
          FROM rapport_hendelse h
         WHERE h.owner = :owner AND h.recorded_at > :since AND h.withdrawn_at IS NULL
           AND (h.recorded_by IS NULL OR h.recorded_by <> :person)
        UNION ALL
        SELECT 'kapitler' AS what, k.rapport, COUNT(*) AS n, MAX(k.changed_at) AS at
          FROM rapport_kapittel k
         WHERE k.owner = :owner AND k.changed_at > :since AND k.changed_by <> :person
         GROUP BY k.rapport
        UNION ALL
        SELECT 'kommentarer' AS what, k.rapport, COUNT(*) AS n, MAX(c.written_at) AS at
          FROM rapport_kommentar c JOIN rapport_kapittel k ON k.owner = c.owner AND k.id = c.kapittel
         WHERE c.owner = :owner AND c.written_at > :since AND c.written_by <> :person
         GROUP BY k.rapport
        UNION ALL
        SELECT 'innspill' AS what, i.rapport, COUNT(*) AS n, MAX(i.recorded_at) AS at
          FROM rapport_innspill i
         WHERE i.owner = :owner AND i.recorded_at > :since AND (i.recorded_by IS NULL OR i.recorded_by <> :person)
         GROUP BY i.rapport
        UNION ALL
        SELECT 'svar' AS what, i.rapport, COUNT(*) AS n, MAX(i.recorded_at) AS at
          FROM rapport_innspill i
         WHERE i.owner = :owner AND i.recorded_by = :person AND i.answered_on >= :since_day
           AND i.answered_by <> :person
         GROUP BY i.rapport) x
  JOIN rapport r ON r.owner = :owner AND r.id = x.rapport
 ORDER BY x.at DESC, x.what LIMIT 20;

-- query nytt_traad(int owner, int rapport) -> row(int chapters, int finished, int judged, int goals, int measures, int begun, int evaluated, int items, int answered)
SELECT (SELECT COUNT(*) FROM rapport_kapittel k WHERE k.owner = :owner AND k.rapport = :rapport) AS chapters,
       (SELECT COUNT(*) FROM rapport_kapittel k
         WHERE k.owner = :owner AND k.rapport = :rapport AND k.status = 'ferdig') AS finished,
       (SELECT COUNT(*) FROM rapport_kapittel k
         WHERE k.owner = :owner AND k.rapport = :rapport AND k.judgement <> '') AS judged,
       (SELECT COUNT(*) FROM rapport_maal m JOIN rapport_kapittel k ON k.owner = m.owner AND k.id = m.kapittel
         WHERE k.owner = :owner AND k.rapport = :rapport) AS goals,
       (SELECT COUNT(*) FROM rapport_tiltak t JOIN rapport_kapittel k ON k.owner = t.owner AND k.id = t.kapittel
         WHERE k.owner = :owner AND k.rapport = :rapport) AS measures,
       (SELECT COUNT(*) FROM rapport_tiltak t JOIN rapport_kapittel k ON k.owner = t.owner AND k.id = t.kapittel
         WHERE k.owner = :owner AND k.rapport = :rapport AND t.status <> 'planlagt') AS begun,
       (SELECT COUNT(*) FROM rapport_ifjor f
         WHERE f.owner = :owner AND f.rapport = :rapport AND f.status <> '') AS evaluated,
       (SELECT COUNT(*) FROM rapport_oppfolging o WHERE o.owner = :owner AND o.rapport = :rapport) AS items,
       (SELECT COUNT(*) FROM rapport_oppfolging o
         WHERE o.owner = :owner AND o.rapport = :rapport AND o.answer <> '') AS answered;
