-- saksframlegg.sql - case papers in versions.
-- SPDX-License-Identifier: EUPL-1.2

-- query saksframlegg_find(int owner, int rapport, int step) -> rows(int id)
SELECT s.id FROM saksframlegg s WHERE s.owner = :owner AND s.rapport = :rapport AND s.step = :step;

-- query saksframlegg_insert(int owner, int id, int rapport, int step) -> nothing
INSERT INTO saksframlegg (owner, id, rapport, step) VALUES (:owner, :id, :rapport, :step);

-- query saksframlegg_versions(int owner, int rapport, int step) -> rows(int id, int nr, text title, int made_at, text? made_on, int? made_by, int? approved_at, text? approved_on, int? approved_by)
SELECT v.id, v.nr, v.title, v.made_at, v.made_on, v.made_by, v.approved_at, v.approved_on, v.approved_by
  FROM saksframlegg s JOIN saksframlegg_versjon v ON v.owner = s.owner AND v.saksframlegg = s.id
 WHERE s.owner = :owner AND s.rapport = :rapport AND s.step = :step ORDER BY v.nr;

-- query saksframlegg_read(int owner, int id) -> row(text title, text handler, text archive_case, text archive_code, text recommendation, text attachments, text facts, text assessment, text economy, text children, text climate, text conclusion)
SELECT v.title, v.handler, v.archive_case, v.archive_code, v.recommendation, v.attachments, v.facts,
       v.assessment, v.economy, v.children, v.climate, v.conclusion
  FROM saksframlegg_versjon v WHERE v.owner = :owner AND v.id = :id;

-- query saksframlegg_version_insert(int owner, int id, int saksframlegg, int nr, text title, text handler, text archive_case, text archive_code, text recommendation, text attachments, text facts, text assessment, text economy, text children, text climate, text conclusion, int made_at, text made_on, int? made_by) -> nothing
INSERT INTO saksframlegg_versjon (owner, id, saksframlegg, nr, title, handler, archive_case, archive_code,
                                  recommendation, attachments, facts, assessment, economy, children, climate,
                                  conclusion, made_at, made_on, made_by, approved_at, approved_by)
VALUES (:owner, :id, :saksframlegg, :nr, :title, :handler, :archive_case, :archive_code, :recommendation,
        :attachments, :facts, :assessment, :economy, :children, :climate, :conclusion, :made_at, :made_on, :made_by,
        NULL, NULL);

-- query saksframlegg_approve(int owner, int id, int approved_at, text approved_on, int? approved_by) -> rows(int id)
UPDATE saksframlegg_versjon SET approved_at = :approved_at, approved_on = :approved_on, approved_by = :approved_by
 WHERE owner = :owner AND id = :id AND approved_at IS NULL RETURNING id;

-- query saksframlegg_unapprove(int owner, int id) -> rows(int id)
UPDATE saksframlegg_versjon SET approved_at = NULL, approved_on = NULL, approved_by = NULL
 WHERE owner = :owner AND id = :id AND approved_at IS NOT NULL RETURNING id;
