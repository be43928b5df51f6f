-- innspill-eget.sql - what somebody said, changed or withdrawn by the same person until it is answered.
-- SPDX-License-Identifier: EUPL-1.2

-- query eget_change(int owner, int id, int rapport, int version, int recorded_by, text text) -> rows(int id)
UPDATE rapport_innspill SET text = :text, version = version + 1
 WHERE owner = :owner AND id = :id AND rapport = :rapport AND version = :version AND recorded_by = :recorded_by
   AND status = 'mottatt' RETURNING id;

-- query eget_withdraw(int owner, int id, int rapport, int recorded_by) -> rows(int id)
DELETE FROM rapport_innspill
 WHERE owner = :owner AND id = :id AND rapport = :rapport AND recorded_by = :recorded_by AND status = 'mottatt'
RETURNING id;
