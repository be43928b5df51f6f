-- beskrivelse.sql - position descriptions in versions.
-- SPDX-License-Identifier: EUPL-1.2

-- query person_duties_select(int owner, int stilling) -> rows(int id, int version, text state, text text, int edit, text? valid_from, int written_by, text writer, int written_at, int? approved_by, text? approver, int? approved_at)
SELECT b.id, b.version, b.state, b.text, b.edit, b.valid_from, b.written_by, w.name AS writer, b.written_at,
       b.approved_by, a.name AS approver, b.approved_at
  FROM stilling_beskrivelse b
  JOIN person w ON w.owner = b.owner AND w.id = b.written_by
  LEFT JOIN person a ON a.owner = b.owner AND a.id = b.approved_by
 WHERE b.owner = :owner AND b.stilling = :stilling
 ORDER BY b.version DESC;

-- query person_duties_insert(int owner, int id, int stilling, text text, int written_by, int written_at) -> rows(int version)
INSERT INTO stilling_beskrivelse (owner, id, stilling, version, state, text, edit, valid_from, written_by, written_at, approved_by, approved_at)
SELECT :owner, :id, :stilling, COALESCE(MAX(b.version), 0) + 1, 'utkast', :text, 1, NULL, :written_by, :written_at, NULL, NULL
  FROM stilling_beskrivelse b WHERE b.owner = :owner AND b.stilling = :stilling
RETURNING version;

-- query person_duties_update(int owner, int stilling, int edit, text text, int written_by, int written_at) -> rows(int version)
UPDATE stilling_beskrivelse SET text = :text, edit = edit + 1, written_by = :written_by, written_at = :written_at
 WHERE owner = :owner AND stilling = :stilling AND state = 'utkast' AND edit = :edit
RETURNING version;

-- query person_duties_approve(int owner, int stilling, int edit, text valid_from, int approved_by, int approved_at) -> rows(int version)
UPDATE stilling_beskrivelse SET state = 'godkjent', valid_from = :valid_from, approved_by = :approved_by, approved_at = :approved_at
 WHERE owner = :owner AND stilling = :stilling AND state = 'utkast' AND edit = :edit
RETURNING version;

-- query person_duties_discard(int owner, int stilling, int edit) -> rows(int version)
DELETE FROM stilling_beskrivelse WHERE owner = :owner AND stilling = :stilling AND state = 'utkast' AND edit = :edit
RETURNING version;
