-- segl.sql - whether every value that an import stored is still there, and none besides.
-- SPDX-License-Identifier: EUPL-1.2

-- query segl_own(int owner) -> rows(text filename, int n_values, int n)
SELECT d.filename, d.n_values, (SELECT count(*) FROM verdi v
                                 WHERE v.owner = d.owner AND v.datasett = d.id) AS n
  FROM datasett d
 WHERE d.owner = :owner
 ORDER BY d.imported_at, d.id;

-- query segl_shared() -> rows(text filename, int n_values, int n)
SELECT d.filename, d.n_values, coalesce(c.n, 0) AS n
  FROM stat_datasett d
  LEFT JOIN (SELECT v.datasett, count(*) AS n FROM stat_verdi v GROUP BY v.datasett) c
    ON c.datasett = d.id
 ORDER BY d.imported_at, d.id;
