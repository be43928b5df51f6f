-- stedfortreder.sql - deputies read and ended.
-- SPDX-License-Identifier: EUPL-1.2

-- query tilgang_deputies_of_position(int owner, int stilling) -> rows(int id, int stilling, int person, text valid_from, text valid_to, int named_by)
SELECT d.id, d.stilling, d.person, d.valid_from, d.valid_to, d.named_by FROM stedfortreder d
 WHERE d.owner = :owner AND d.stilling = :stilling ORDER BY d.valid_from DESC, d.id DESC;

-- query tilgang_deputies_of_person(int owner, int person) -> rows(int id, int stilling, int person, text valid_from, text valid_to, int named_by)
SELECT d.id, d.stilling, d.person, d.valid_from, d.valid_to, d.named_by FROM stedfortreder d
 WHERE d.owner = :owner AND d.person = :person ORDER BY d.valid_from DESC, d.id DESC;

-- query tilgang_deputy_end(int owner, int stilling, int id, text last_day) -> rows(int id)
UPDATE stedfortreder SET valid_to = :last_day
 WHERE owner = :owner AND stilling = :stilling AND id = :id AND valid_to > :last_day RETURNING id;
