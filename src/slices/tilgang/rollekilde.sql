-- rollekilde.sql - roles that follow a position, and deputies.
-- SPDX-License-Identifier: EUPL-1.2

-- query tilgang_roles_of_position(int owner, int stilling, text today) -> rows(int id, text role, int? unit)
SELECT r.id, r.role, r.unit FROM stilling_rolle r
 WHERE r.owner = :owner AND r.stilling = :stilling
   AND r.valid_from <= :today AND (r.valid_to IS NULL OR r.valid_to >= :today)
 ORDER BY r.valid_from, r.id;

-- query tilgang_deputy_for(int owner, int person, text today) -> rows(int stilling)
SELECT DISTINCT d.stilling FROM stedfortreder d
 WHERE d.owner = :owner AND d.person = :person AND d.valid_from <= :today AND d.valid_to >= :today
 ORDER BY d.stilling;

-- query tilgang_position_role_exists(int owner, int id) -> rows(int stilling, text role, int? unit, text valid_from)
SELECT r.stilling, r.role, r.unit, r.valid_from FROM stilling_rolle r WHERE r.owner = :owner AND r.id = :id;

-- query tilgang_grant_row(int owner, int id, int person) -> rows(int id)
SELECT r.id FROM rolle r
 WHERE r.owner = :owner AND r.id = :id AND r.person = :person AND r.position_role IS NULL;

-- query tilgang_anchor_row(int owner, int person, int position_role) -> rows(int id)
SELECT r.id FROM rolle r
 WHERE r.owner = :owner AND r.person = :person AND r.position_role = :position_role ORDER BY r.id LIMIT 1;

-- query tilgang_anchor_insert(int owner, int id, int person, text role, int? unit, text valid_from, int position_role) -> nothing
INSERT INTO rolle (owner, id, person, role, unit, valid_from, valid_to, position_role)
VALUES (:owner, :id, :person, :role, :unit, :valid_from, NULL, :position_role);

-- query tilgang_position_role_insert(int owner, int id, int stilling, text role, int? unit, text valid_from, text? valid_to) -> nothing
INSERT INTO stilling_rolle (owner, id, stilling, role, unit, valid_from, valid_to)
VALUES (:owner, :id, :stilling, :role, :unit, :valid_from, :valid_to);

-- query tilgang_deputy_overlap(int owner, int stilling, int person, text valid_from, text valid_to) -> rows(int id)
SELECT d.id FROM stedfortreder d
 WHERE d.owner = :owner AND d.stilling = :stilling AND d.person = :person
   AND d.valid_to >= d.valid_from AND d.valid_from <= :valid_to AND d.valid_to >= :valid_from;

-- query tilgang_deputy_insert(int owner, int id, int stilling, int person, text valid_from, text valid_to, int named_by, int named_at) -> nothing
INSERT INTO stedfortreder (owner, id, stilling, person, valid_from, valid_to, named_by, named_at)
VALUES (:owner, :id, :stilling, :person, :valid_from, :valid_to, :named_by, :named_at);
