-- kapitler.sql - reading and writing the chapters of a report, and what stood in them before.
-- SPDX-License-Identifier: EUPL-1.2

-- query kapitler_select(int owner, int rapport) -> rows(int id, int nr, text kind, text theme, int statutory, text title, text body, text goals, text judgement, text measures, text no_measures, text status, int review, int version, int changed_at, int? changed_by, text indicators, text views, int? writer, int? unit, text? due)
SELECT k.id, k.nr, k.kind, k.theme, k.statutory, k.title, k.body, k.goals, k.judgement, k.measures,
       k.no_measures, k.status, k.review, k.version, k.changed_at, k.changed_by, k.indicators, k.views,
       a.writer, a.unit, a.due
  FROM rapport_kapittel k
  LEFT JOIN rapport_kapittel_arbeid a ON a.owner = k.owner AND a.kapittel = k.id
 WHERE k.owner = :owner AND k.rapport = :rapport ORDER BY k.nr;

-- query kapitler_report(int owner, int id) -> rows(int rapport)
SELECT k.rapport FROM rapport_kapittel k WHERE k.owner = :owner AND k.id = :id;

-- query kapitler_update(int owner, int id, int version, text title, text body, text goals, text judgement, text measures, text no_measures, text status, int review, int changed_at, int? changed_by) -> rows(int version)
UPDATE rapport_kapittel
   SET title = :title, body = :body, goals = :goals, judgement = :judgement, measures = :measures,
       no_measures = :no_measures, status = :status, review = :review, version = version + 1,
       changed_at = :changed_at, changed_by = :changed_by
 WHERE owner = :owner AND id = :id AND version = :version
RETURNING version;

-- query kapitler_keep(int owner, int id, int version) -> nothing
INSERT INTO rapport_kapittel_tekst (owner, kapittel, version, body, goals, judgement, measures, no_measures,
                                    status, saved_at, saved_by)
SELECT k.owner, k.id, k.version, k.body, k.goals, k.judgement, k.measures, k.no_measures,
       CASE WHEN k.review = 1 AND k.status = 'utkast' THEN 'kvalitetssikring' ELSE k.status END,
       k.changed_at, k.changed_by
  FROM rapport_kapittel k
 WHERE k.owner = :owner AND k.id = :id AND k.version = :version
ON CONFLICT (owner, kapittel, version) DO NOTHING;

-- query kapitler_kept(int owner, int kapittel) -> rows(int version, text body, text goals, text judgement, text measures, text no_measures, text status, int saved_at, int? saved_by)
SELECT t.version, t.body, t.goals, t.judgement, t.measures, t.no_measures, t.status, t.saved_at, t.saved_by
  FROM rapport_kapittel_tekst t WHERE t.owner = :owner AND t.kapittel = :kapittel
 ORDER BY t.version DESC;
