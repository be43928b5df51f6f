-- bruk.sql - which frozen versions of which reports there are, to be asked where their figures came from.
-- SPDX-License-Identifier: EUPL-1.2

-- query bruk_versions(int owner) -> rows(int rapport, text title, int id, int nr, int published)
SELECT r.id AS rapport, r.title, v.id, v.nr, CASE WHEN r.published = v.id THEN 1 ELSE 0 END AS published
  FROM rapport_versjon v JOIN rapport r ON r.owner = v.owner AND r.id = v.rapport
 WHERE v.owner = :owner ORDER BY r.year DESC, r.id DESC, v.nr DESC;
