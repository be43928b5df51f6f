-- folk.sql - everybody, and who held what when.
-- SPDX-License-Identifier: EUPL-1.2

-- query person_names(int owner) -> rows(int id, text name)
SELECT p.id, p.name FROM person p WHERE p.owner = :owner ORDER BY p.name COLLATE nb, p.id;

-- query person_name_update(int owner, int id, text name) -> rows(int id)
UPDATE person SET name = :name WHERE owner = :owner AND id = :id RETURNING id;

-- query person_holders_select(int owner, int stilling) -> rows(int id, int person, text name, text valid_from, text? valid_to)
SELECT h.id, h.person, p.name, h.valid_from, h.valid_to
  FROM stilling_innehaver h JOIN person p ON p.owner = h.owner AND p.id = h.person
 WHERE h.owner = :owner AND h.stilling = :stilling
 ORDER BY h.valid_from, h.id;

-- query person_holdings_select(int owner, int person) -> rows(int id, int stilling, text title, int unit, text valid_from, text? valid_to, text position_from, text? position_to)
SELECT h.id, h.stilling, s.title, s.unit, h.valid_from, h.valid_to, s.valid_from AS position_from, s.valid_to AS position_to
  FROM stilling_innehaver h JOIN stilling s ON s.owner = h.owner AND s.id = h.stilling
 WHERE h.owner = :owner AND h.person = :person
 ORDER BY h.valid_from DESC, h.id DESC;
