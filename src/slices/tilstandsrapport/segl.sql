-- segl.sql - what is sealed in reports: frozen versions, and the one that was voted on.
-- SPDX-License-Identifier: EUPL-1.2

-- query segl_versions(int owner) -> rows(int id, int nr, text title, text year)
SELECT v.id, v.nr, r.title, r.year
  FROM rapport_versjon v JOIN rapport r ON r.owner = v.owner AND r.id = v.rapport
 WHERE v.owner = :owner
 ORDER BY r.year, r.id, v.nr;

-- query segl_content(int owner, int id) -> rows(text open, text sha256, text internal, text internal_sha256)
SELECT v.open, v.sha256, v.internal, v.internal_sha256
  FROM rapport_versjon v
 WHERE v.owner = :owner AND v.id = :id;

-- query segl_locked(int owner) -> rows(text title, text year, int n)
SELECT r.title, r.year, (SELECT count(*) FROM rapport_versjon v
                          WHERE v.owner = r.owner AND v.rapport = r.id AND v.sha256 = r.locked) AS n
  FROM rapport r
 WHERE r.owner = :owner AND r.locked IS NOT NULL
 ORDER BY r.year, r.id;
