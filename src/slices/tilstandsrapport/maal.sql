-- maal.sql - local goals, measures, and what became of last year's.
-- SPDX-License-Identifier: EUPL-1.2

-- query maal_select(int owner, int rapport) -> rows(int id, int kapittel, text indicator, text goal, text direction, text baseline, text target, text? due, text judgement, int version)
SELECT m.id, m.kapittel, m.indicator, m.goal, m.direction, m.baseline, m.target, m.due, m.judgement, m.version
  FROM rapport_maal m JOIN rapport_kapittel k ON k.owner = m.owner AND k.id = m.kapittel
 WHERE m.owner = :owner AND k.rapport = :rapport ORDER BY k.nr, m.id;

-- query maal_insert(int owner, int id, int kapittel, text indicator, text goal, text direction, text baseline, text target, text? due, text judgement) -> nothing
INSERT INTO rapport_maal (owner, id, kapittel, indicator, goal, direction, baseline, target, due, judgement, version)
VALUES (:owner, :id, :kapittel, :indicator, :goal, :direction, :baseline, :target, :due, :judgement, 1);

-- query maal_same(int owner, int kapittel, text indicator, text goal, text direction, text baseline, text target, text due, text judgement) -> rows(int id)
-- One that says just the same: the form was sent twice. due: '' when there is none.
SELECT m.id FROM rapport_maal m
 WHERE m.owner = :owner AND m.kapittel = :kapittel AND m.indicator = :indicator AND m.goal = :goal
   AND m.direction = :direction AND m.baseline = :baseline AND m.target = :target
   AND COALESCE(m.due, '') = :due AND m.judgement = :judgement ORDER BY m.id LIMIT 1;

-- query maal_update(int owner, int id, int kapittel, int version, text indicator, text goal, text direction, text baseline, text target, text? due, text judgement) -> rows(int id)
UPDATE rapport_maal
   SET indicator = :indicator, goal = :goal, direction = :direction, baseline = :baseline, target = :target,
       due = :due, judgement = :judgement, version = version + 1
 WHERE owner = :owner AND id = :id AND kapittel = :kapittel AND version = :version RETURNING id;

-- query maal_chapter(int owner, int id) -> rows(int kapittel)
SELECT m.kapittel FROM rapport_maal m WHERE m.owner = :owner AND m.id = :id;

-- query maal_delete(int owner, int id) -> nothing
DELETE FROM rapport_maal WHERE owner = :owner AND id = :id;

-- query tiltak_select(int owner, int rapport) -> rows(int id, int kapittel, text measure, int? responsible, text? starts, text? due, text indicator, text status, text note, int version)
SELECT t.id, t.kapittel, t.measure, t.responsible, t.starts, t.due, t.indicator, t.status, t.note, t.version
  FROM rapport_tiltak t JOIN rapport_kapittel k ON k.owner = t.owner AND k.id = t.kapittel
 WHERE t.owner = :owner AND k.rapport = :rapport ORDER BY k.nr, t.id;

-- query tiltak_insert(int owner, int id, int kapittel, text measure, int? responsible, text? starts, text? due, text indicator, text status, text note) -> nothing
INSERT INTO rapport_tiltak (owner, id, kapittel, measure, responsible, starts, due, indicator, status, note, version)
VALUES (:owner, :id, :kapittel, :measure, :responsible, :starts, :due, :indicator, :status, :note, 1);

-- query tiltak_same(int owner, int kapittel, text measure, int responsible, text starts, text due, text indicator, text status, text note) -> rows(int id)
-- One that says just the same: the form was sent twice. responsible: 0, and dates: '', when there is none.
SELECT t.id FROM rapport_tiltak t
 WHERE t.owner = :owner AND t.kapittel = :kapittel AND t.measure = :measure
   AND COALESCE(t.responsible, 0) = :responsible AND COALESCE(t.starts, '') = :starts
   AND COALESCE(t.due, '') = :due AND t.indicator = :indicator AND t.status = :status AND t.note = :note
 ORDER BY t.id LIMIT 1;

-- query tiltak_update(int owner, int id, int kapittel, int version, text measure, int? responsible, text? starts, text? due, text indicator, text status, text note) -> rows(int id)
UPDATE rapport_tiltak
   SET measure = :measure, responsible = :responsible, starts = :starts, due = :due, indicator = :indicator,
       status = :status, note = :note, version = version + 1
 WHERE owner = :owner AND id = :id AND kapittel = :kapittel AND version = :version RETURNING id;

-- query tiltak_chapter(int owner, int id) -> rows(int kapittel)
SELECT t.kapittel FROM rapport_tiltak t WHERE t.owner = :owner AND t.id = :id;

-- query tiltak_delete(int owner, int id) -> nothing
DELETE FROM rapport_tiltak WHERE owner = :owner AND id = :id;
