-- mal.sql - the law by date, an owner's template of chapters, and words by date.
-- SPDX-License-Identifier: EUPL-1.2

-- query mal_select(int owner) -> rows(int id, int nr, text kind, text theme, text title_nb, text title_nn, text indicators, text views)
SELECT m.id, m.nr, m.kind, m.theme, m.title_nb, m.title_nn, m.indicators, m.views
  FROM rapportmal_kapittel m WHERE m.owner = :owner ORDER BY m.nr, m.id;

-- query mal_insert(int owner, int id, int nr, text kind, text theme, text title_nb, text title_nn, text indicators, text views) -> nothing
INSERT INTO rapportmal_kapittel (owner, id, nr, kind, theme, title_nb, title_nn, indicators, views)
VALUES (:owner, :id, :nr, :kind, :theme, :title_nb, :title_nn, :indicators, :views);

-- query mal_update(int owner, int id, text title_nb, text title_nn, text indicators, text views) -> rows(int id)
UPDATE rapportmal_kapittel SET title_nb = :title_nb, title_nn = :title_nn, indicators = :indicators, views = :views
 WHERE owner = :owner AND id = :id RETURNING id;

-- query mal_place(int owner, int id, int nr) -> nothing
UPDATE rapportmal_kapittel SET nr = :nr WHERE owner = :owner AND id = :id;

-- query mal_delete(int owner, int id) -> rows(int id)
DELETE FROM rapportmal_kapittel WHERE owner = :owner AND id = :id RETURNING id;

-- query mal_delete_all(int owner) -> nothing
DELETE FROM rapportmal_kapittel WHERE owner = :owner;

-- query mal_law_themes(text law) -> rows(text theme, text title_nb, text title_nn, text title_en)
SELECT t.theme, t.title_nb, t.title_nn, t.title_en FROM lov_tema t WHERE t.law = :law ORDER BY t.nr;
