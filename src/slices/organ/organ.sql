-- organ.sql - bodies and their members by position.
-- SPDX-License-Identifier: EUPL-1.2

-- query organ_select(int owner) -> rows(int id, text kind, text name, text mandate, int? parent, int decides, int open, text case_prefix, text valid_from, text? valid_to, text origin)
SELECT o.id, o.kind, o.name, o.mandate, o.parent, o.decides, o.open, o.case_prefix, o.valid_from, o.valid_to, o.origin
  FROM organ o
 WHERE o.owner = :owner
 ORDER BY CASE o.kind WHEN 'kommunestyre' THEN 0 WHEN 'formannskap' THEN 1 WHEN 'komite' THEN 2
               WHEN 'strategisk_ledergruppe' THEN 3 WHEN 'ledergruppe' THEN 4 WHEN 'dialogmote' THEN 5 ELSE 6 END,
          o.name COLLATE nb, o.id;

-- query organ_members(int owner, int organ, text today) -> rows(text duty, int stilling, text represents)
SELECT m.duty, m.stilling, m.represents
  FROM organ_medlem m
 WHERE m.owner = :owner AND m.organ = :organ
   AND m.valid_from <= :today AND (m.valid_to IS NULL OR m.valid_to >= :today)
 ORDER BY CASE m.duty WHEN 'leder' THEN 0 WHEN 'nestleder' THEN 1 WHEN 'medlem' THEN 2 ELSE 3 END, m.id;

-- query organ_insert(int owner, int id, text kind, text name, text mandate, int? parent, int decides, int open, text case_prefix, text valid_from, text origin) -> nothing
INSERT INTO organ (owner, id, kind, name, mandate, parent, decides, open, case_prefix, valid_from, valid_to, origin)
VALUES (:owner, :id, :kind, :name, :mandate, :parent, :decides, :open, :case_prefix, :valid_from, NULL, :origin);

-- query organ_member_insert(int owner, int id, int organ, int stilling, text duty, text represents, text valid_from) -> nothing
INSERT INTO organ_medlem (owner, id, organ, stilling, duty, represents, valid_from, valid_to)
VALUES (:owner, :id, :organ, :stilling, :duty, :represents, :valid_from, NULL);
