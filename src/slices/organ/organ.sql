-- organ.sql - bodies and their members by position.
-- SPDX-License-Identifier: EUPL-1.2

-- query organ_select(int owner) -> rows(int id, text kind, text name, text mandate, int? parent, int decides, int open, text case_prefix, text valid_from, text? valid_to, text origin, text legal_basis, text? legal_from, text? legal_to)
SELECT o.id, o.kind, o.name, o.mandate, o.parent, o.decides, o.open, o.case_prefix, o.valid_from, o.valid_to, o.origin,
       o.legal_basis, o.legal_from, o.legal_to
  FROM organ o
 WHERE o.owner = :owner
 ORDER BY CASE o.kind WHEN 'kommunestyre' THEN 0 WHEN 'formannskap' THEN 1 WHEN 'komite' THEN 2
               WHEN 'strategisk_ledergruppe' THEN 3 WHEN 'ledergruppe' THEN 4 WHEN 'dialogmote' THEN 5 ELSE 6 END,
          o.name COLLATE nb, o.id;

-- query organ_members(int owner, int organ, text today) -> rows(int id, text duty, int stilling, text represents, text valid_from, text? valid_to, int? nr)
SELECT m.id, m.duty, m.stilling, m.represents, m.valid_from, m.valid_to, m.nr
  FROM organ_medlem m
 WHERE m.owner = :owner AND m.organ = :organ
   AND m.valid_from <= :today AND (m.valid_to IS NULL OR m.valid_to >= :today)
 ORDER BY CASE m.duty WHEN 'leder' THEN 0 WHEN 'nestleder' THEN 1 WHEN 'medlem' THEN 2 WHEN 'vara' THEN 4 ELSE 3 END,
          COALESCE(m.nr, 0), m.id;

-- query organ_insert(int owner, int id, text kind, text name, text mandate, int? parent, int decides, int open, text case_prefix, text valid_from, text origin, text legal_basis, text? legal_from, text? legal_to) -> nothing
INSERT INTO organ (owner, id, kind, name, mandate, parent, decides, open, case_prefix, valid_from, valid_to, origin, legal_basis, legal_from, legal_to)
VALUES (:owner, :id, :kind, :name, :mandate, :parent, :decides, :open, :case_prefix, :valid_from, NULL, :origin, :legal_basis, :legal_from, :legal_to);

-- query organ_member_insert(int owner, int id, int organ, int stilling, text duty, text represents, text valid_from, text? valid_to, int? nr) -> nothing
INSERT INTO organ_medlem (owner, id, organ, stilling, duty, represents, valid_from, valid_to, nr)
VALUES (:owner, :id, :organ, :stilling, :duty, :represents, :valid_from, :valid_to, :nr);

-- query organ_update(int owner, int id, text kind, text name, text mandate, int? parent, int decides, int open, text case_prefix, text valid_from, text legal_basis, text? legal_from, text? legal_to) -> rows(int id)
UPDATE organ SET kind = :kind, name = :name, mandate = :mandate, parent = :parent, decides = :decides, open = :open,
       case_prefix = :case_prefix, valid_from = :valid_from, legal_basis = :legal_basis, legal_from = :legal_from, legal_to = :legal_to
 WHERE owner = :owner AND id = :id RETURNING id;

-- query organ_last(int owner, int id, text last) -> rows(int id)
UPDATE organ SET valid_to = :last WHERE owner = :owner AND id = :id RETURNING id;

-- query organ_member_last(int owner, int organ, int id) -> rows(text? valid_to)
SELECT m.valid_to FROM organ_medlem m WHERE m.owner = :owner AND m.organ = :organ AND m.id = :id;

-- query organ_member_end(int owner, int organ, int id, text last_day) -> rows(int id)
UPDATE organ_medlem SET valid_to = :last_day WHERE owner = :owner AND organ = :organ AND id = :id RETURNING id;

-- query organ_seats_of(int owner, int stilling) -> rows(text name, text duty, text represents, text valid_from, text? valid_to)
SELECT o.name, m.duty, m.represents, m.valid_from, m.valid_to
  FROM organ_medlem m JOIN organ o ON o.owner = m.owner AND o.id = m.organ
 WHERE m.owner = :owner AND m.stilling = :stilling
 ORDER BY m.valid_from, m.id;
