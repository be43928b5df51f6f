-- kapitler.sql - reading and writing the chapters of a report.
-- SPDX-License-Identifier: EUPL-1.2

-- query kapitler_select(int owner, int rapport) -> rows(int id, int nr, text kind, text theme, int statutory, text title, text body, text goals, text judgement, text measures, text no_measures, text status, int version, int changed_at, int? changed_by)
SELECT k.id, k.nr, k.kind, k.theme, k.statutory, k.title, k.body, k.goals, k.judgement, k.measures,
       k.no_measures, k.status, k.version, k.changed_at, k.changed_by
  FROM rapport_kapittel k WHERE k.owner = :owner AND k.rapport = :rapport ORDER BY k.nr;

-- query kapitler_report(int owner, int id) -> rows(int rapport)
SELECT k.rapport FROM rapport_kapittel k WHERE k.owner = :owner AND k.id = :id;

-- query kapitler_update(int owner, int id, int version, text title, text body, text goals, text judgement, text measures, text no_measures, text status, int changed_at, int? changed_by) -> rows(int version)
UPDATE rapport_kapittel
   SET title = :title, body = :body, goals = :goals, judgement = :judgement, measures = :measures,
       no_measures = :no_measures, status = :status, version = version + 1, changed_at = :changed_at,
       changed_by = :changed_by
 WHERE owner = :owner AND id = :id AND version = :version
RETURNING version;
