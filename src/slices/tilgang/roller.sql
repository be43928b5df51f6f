-- roller.sql - roles proposed and decided, given and ended.
-- SPDX-License-Identifier: EUPL-1.2

-- query tilgang_proposals_select(int owner) -> rows(int id, int? person, int? stilling, text role, int? unit, text valid_from, text? valid_to, text reason, int proposed_by, int proposed_at, text state, int? decided_by, int? decided_at, text decided_why, int alone)
SELECT f.id, f.person, f.stilling, f.role, f.unit, f.valid_from, f.valid_to, f.reason, f.proposed_by, f.proposed_at,
       f.state, f.decided_by, f.decided_at, f.decided_why, f.alone
  FROM rolle_forslag f WHERE f.owner = :owner ORDER BY f.id DESC;

-- query tilgang_proposal_insert(int owner, int id, int? person, int? stilling, text role, int? unit, text valid_from, text? valid_to, text reason, int proposed_by, int proposed_at) -> nothing
INSERT INTO rolle_forslag (owner, id, person, stilling, role, unit, valid_from, valid_to, reason, proposed_by, proposed_at,
       state, decided_by, decided_at, decided_why, alone)
VALUES (:owner, :id, :person, :stilling, :role, :unit, :valid_from, :valid_to, :reason, :proposed_by, :proposed_at,
       'venter', NULL, NULL, '', 0);

-- query tilgang_proposal_settle(int owner, int id, text state, int decided_by, int decided_at, text decided_why, int alone) -> rows(int id)
UPDATE rolle_forslag SET state = :state, decided_by = :decided_by, decided_at = :decided_at, decided_why = :decided_why, alone = :alone
 WHERE owner = :owner AND id = :id AND state = 'venter' RETURNING id;

-- query tilgang_proposal_withdraw(int owner, int id, int decided_by, int decided_at) -> rows(int id)
UPDATE rolle_forslag SET state = 'trukket', decided_by = :decided_by, decided_at = :decided_at
 WHERE owner = :owner AND id = :id AND state = 'venter' AND proposed_by = :decided_by RETURNING id;

-- query tilgang_granted_insert(int owner, int id, int person, text role, int? unit, text valid_from, text? valid_to) -> nothing
INSERT INTO rolle (owner, id, person, role, unit, valid_from, valid_to)
VALUES (:owner, :id, :person, :role, :unit, :valid_from, :valid_to);

-- query tilgang_granted_people(int owner) -> rows(int id, int person, text role, int? unit, text valid_from, text? valid_to)
SELECT r.id, r.person, r.role, r.unit, r.valid_from, r.valid_to FROM rolle r
 WHERE r.owner = :owner AND r.position_role IS NULL ORDER BY r.valid_from, r.id;

-- query tilgang_granted_positions(int owner) -> rows(int id, int stilling, text role, int? unit, text valid_from, text? valid_to)
SELECT r.id, r.stilling, r.role, r.unit, r.valid_from, r.valid_to FROM stilling_rolle r
 WHERE r.owner = :owner ORDER BY r.valid_from, r.id;

-- query tilgang_granted_end(int owner, int id, text last_day) -> rows(int id)
UPDATE rolle SET valid_to = :last_day WHERE owner = :owner AND id = :id AND position_role IS NULL RETURNING id;

-- query tilgang_position_role_end(int owner, int id, text last_day) -> rows(int id)
UPDATE stilling_rolle SET valid_to = :last_day WHERE owner = :owner AND id = :id RETURNING id;
