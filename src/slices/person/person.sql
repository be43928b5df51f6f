-- person.sql - people, positions, and who held which when.
-- SPDX-License-Identifier: EUPL-1.2

-- query person_select(int owner, int id) -> rows(text name)
SELECT p.name FROM person p WHERE p.owner = :owner AND p.id = :id;

-- query person_insert(int owner, int id, text name, text origin, int created_at) -> nothing
INSERT INTO person (owner, id, name, origin, created_at) VALUES (:owner, :id, :name, :origin, :created_at);

-- query person_since(int owner, text name, int since) -> rows(int id)
SELECT p.id FROM person p WHERE p.owner = :owner AND p.name = :name AND p.created_at > :since ORDER BY p.id;

-- query person_position_insert(int owner, int id, int unit, text title, text? replaces, text valid_from) -> nothing
INSERT INTO stilling (owner, id, unit, title, replaces, valid_from, valid_to)
VALUES (:owner, :id, :unit, :title, :replaces, :valid_from, NULL);

-- query person_holding_insert(int owner, int id, int stilling, int person, text valid_from, text? valid_to) -> nothing
INSERT INTO stilling_innehaver (owner, id, stilling, person, valid_from, valid_to)
VALUES (:owner, :id, :stilling, :person, :valid_from, :valid_to);

-- query person_holding_end(int owner, int stilling, text last_day) -> nothing
UPDATE stilling_innehaver SET valid_to = :last_day
 WHERE owner = :owner AND stilling = :stilling AND valid_from <= :last_day
   AND (valid_to IS NULL OR valid_to > :last_day);

-- query person_holding_next(int owner, int stilling, text today) -> rows(text valid_from)
SELECT h.valid_from FROM stilling_innehaver h
 WHERE h.owner = :owner AND h.stilling = :stilling AND h.valid_from > :today
 ORDER BY h.valid_from LIMIT 1;

-- query person_positions(int owner, text today) -> rows(int id, int unit, text title, text? replaces, int? person, text? holder, text? since, text valid_from, text? valid_to)
SELECT s.id, s.unit, s.title, s.replaces, h.person, p.name AS holder, h.valid_from AS since,
       s.valid_from, s.valid_to
  FROM stilling s
  LEFT JOIN stilling_innehaver h ON h.owner = s.owner AND h.stilling = s.id
        AND h.valid_from <= :today AND (h.valid_to IS NULL OR h.valid_to >= :today)
  LEFT JOIN person p ON p.owner = h.owner AND p.id = h.person
 WHERE s.owner = :owner AND s.valid_from <= :today AND (s.valid_to IS NULL OR s.valid_to >= :today)
 ORDER BY s.title COLLATE nb, s.id;

-- query person_position_select(int owner, int id) -> rows(int unit, text title, text? replaces, text valid_from, text? valid_to)
SELECT s.unit, s.title, s.replaces, s.valid_from, s.valid_to FROM stilling s
 WHERE s.owner = :owner AND s.id = :id;

-- query person_position_last(int owner, int id, text last_day) -> rows(int id)
UPDATE stilling SET valid_to = :last_day WHERE owner = :owner AND id = :id RETURNING id;

-- query person_holding_starts(int owner, int stilling, text valid_from) -> rows(int person)
SELECT h.person FROM stilling_innehaver h
 WHERE h.owner = :owner AND h.stilling = :stilling AND h.valid_from = :valid_from
   AND (h.valid_to IS NULL OR h.valid_to >= h.valid_from);

-- query person_title_update(int owner, int id, text title) -> rows(int id)
UPDATE stilling SET title = :title WHERE owner = :owner AND id = :id RETURNING id;
