-- tilstandsrapport.sql - reports and their chapters.
-- SPDX-License-Identifier: EUPL-1.2

-- query rapport_select(int owner, int id) -> rows(int owner, int id, text year, text title, text language, text state, text law, int? frozen, int? published, text? published_on, text? locked)
SELECT r.owner, r.id, r.year, r.title, r.language, r.state, r.law, r.frozen, r.published, r.published_on, r.locked
  FROM rapport r WHERE r.owner = :owner AND r.id = :id;

-- query rapport_select_owner(int id) -> rows(int owner)
-- all owners: an address with an id finds its owner by the id
SELECT r.owner FROM rapport r WHERE r.id = :id;

-- query rapport_select_all(int owner) -> rows(int owner, int id, text year, text title, text language, text state, text law, int? frozen, int? published, text? published_on, text? locked)
SELECT r.owner, r.id, r.year, r.title, r.language, r.state, r.law, r.frozen, r.published, r.published_on, r.locked
  FROM rapport r WHERE r.owner = :owner ORDER BY r.year DESC, r.id DESC;

-- query rapport_select_published() -> rows(int owner, int id, text year, text title, text language, text state, text law, int? frozen, int? published, text? published_on, text? locked)
-- all owners: the public front page shows what every owner has published
SELECT r.owner, r.id, r.year, r.title, r.language, r.state, r.law, r.frozen, r.published, r.published_on, r.locked
  FROM rapport r WHERE r.published IS NOT NULL ORDER BY r.published_on DESC, r.id DESC;

-- query rapport_insert(int owner, int id, text year, text title, text language, text law, int created_at, int? created_by) -> nothing
INSERT INTO rapport (owner, id, year, title, language, state, law, created_at, created_by, frozen, published,
                     published_on, locked)
VALUES (:owner, :id, :year, :title, :language, 'planlagt', :law, :created_at, :created_by, NULL, NULL, NULL, NULL);

-- query rapport_law_on(text day) -> rows(text code, text law_nb, text law_nn, text law_en, text duty_nb, text duty_nn, text duty_en, text url, int checked)
SELECT l.code, l.law_nb, l.law_nn, l.law_en, l.duty_nb, l.duty_nn, l.duty_en, l.url, l.checked FROM lovhjemmel l
 WHERE l.valid_from <= :day AND (l.valid_to IS NULL OR l.valid_to >= :day) ORDER BY l.valid_from DESC;

-- query rapport_law_code(text code) -> rows(text code, text law_nb, text law_nn, text law_en, text duty_nb, text duty_nn, text duty_en, text url, int checked)
SELECT l.code, l.law_nb, l.law_nn, l.law_en, l.duty_nb, l.duty_nn, l.duty_en, l.url, l.checked FROM lovhjemmel l
 WHERE l.code = :code;

-- query rapport_step_insert(int owner, int rapport, int nr, int? organ, text planned) -> nothing
INSERT INTO rapport_steg (owner, rapport, nr, organ, planned) VALUES (:owner, :rapport, :nr, :organ, :planned);

-- query rapport_chapter_insert(int owner, int id, int rapport, int nr, text kind, text theme, int statutory, text title, text indicators, text views, int changed_at) -> nothing
INSERT INTO rapport_kapittel (owner, id, rapport, nr, kind, theme, statutory, title, body, goals, judgement,
                              measures, no_measures, status, version, changed_at, changed_by, indicators, views,
                              review)
VALUES (:owner, :id, :rapport, :nr, :kind, :theme, :statutory, :title, '', '', '', '', '', 'tom', 1, :changed_at,
        NULL, :indicators, :views, 0);

-- query rapport_delete_items(int owner, int rapport) -> nothing
DELETE FROM rapport_oppfolging WHERE owner = :owner AND rapport = :rapport;

-- query rapport_delete_dates(int owner, int rapport) -> nothing
DELETE FROM rapport_frist WHERE owner = :owner AND rapport = :rapport;

-- query rapport_work(int owner, int rapport) -> row(int n)
-- Goals, measures, comments and last year's items: what somebody has written beside the texts.
SELECT (SELECT COUNT(*) FROM rapport_maal m JOIN rapport_kapittel k ON k.owner = m.owner AND k.id = m.kapittel
         WHERE k.owner = :owner AND k.rapport = :rapport)
     + (SELECT COUNT(*) FROM rapport_tiltak t JOIN rapport_kapittel k ON k.owner = t.owner AND k.id = t.kapittel
         WHERE k.owner = :owner AND k.rapport = :rapport)
     + (SELECT COUNT(*) FROM rapport_kommentar c JOIN rapport_kapittel k ON k.owner = c.owner AND k.id = c.kapittel
         WHERE k.owner = :owner AND k.rapport = :rapport)
     + (SELECT COUNT(*) FROM rapport_ifjor i WHERE i.owner = :owner AND i.rapport = :rapport) AS n;

-- query rapport_delete_steps(int owner, int rapport) -> nothing
DELETE FROM rapport_steg WHERE owner = :owner AND rapport = :rapport;

-- query rapport_delete_chapters(int owner, int rapport) -> nothing
DELETE FROM rapport_kapittel WHERE owner = :owner AND rapport = :rapport;

-- query rapport_delete(int owner, int id) -> nothing
DELETE FROM rapport WHERE owner = :owner AND id = :id;
