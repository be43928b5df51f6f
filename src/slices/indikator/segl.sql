-- segl.sql - whether every value that an import stored is still there, and none besides: what was new or
-- changed, and what said again what stood there.
-- SPDX-License-Identifier: EUPL-1.2

-- query segl_own(int owner) -> rows(text filename, int n_values, int n)
SELECT d.filename,
       d.n_values + CASE WHEN d.format = 'fakta-csv' THEN 0 ELSE coalesce(d.n_same, 0) END AS n_values,
       (SELECT count(*) FROM verdi v WHERE v.owner = d.owner AND v.datasett = d.id) +
       (SELECT count(*) FROM datasett_faktum f WHERE f.owner = d.owner AND f.datasett = d.id) AS n
  FROM datasett d
 WHERE d.owner = :owner
 ORDER BY d.imported_at, d.id;

-- query segl_shared() -> rows(text filename, int n_values, int n)
SELECT d.filename, d.n_values + coalesce(d.n_same, 0) AS n_values, coalesce(c.n, 0) AS n
  FROM stat_datasett d
  LEFT JOIN (SELECT v.datasett, count(*) AS n FROM stat_verdi v GROUP BY v.datasett) c
    ON c.datasett = d.id
 ORDER BY d.imported_at, d.id;
