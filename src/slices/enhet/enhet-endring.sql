-- enhet-endring.sql - what the forms of a unit change.
-- SPDX-License-Identifier: EUPL-1.2

-- query enhet_identity_new(int owner, int enhet, text kind, text value, text valid_from) -> nothing
INSERT INTO enhet_identitet (owner, enhet, kind, value, valid_from, valid_to)
VALUES (:owner, :enhet, :kind, :value, :valid_from, NULL);

-- query enhet_identity_end(int owner, int enhet, text kind, text last_day) -> nothing
UPDATE enhet_identitet SET valid_to = :last_day
 WHERE owner = :owner AND enhet = :enhet AND kind = :kind AND valid_from <= :last_day
   AND (valid_to IS NULL OR valid_to > :last_day);

-- query enhet_fact_record(int owner, int id, int enhet, text label, text value, text at, text source, text origin, int recorded_at) -> nothing
INSERT INTO enhet_faktum (owner, id, enhet, label, value, at, source, origin, recorded_at)
VALUES (:owner, :id, :enhet, :label, :value, :at, :source, :origin, :recorded_at);

-- query enhet_fact_same(int owner, int enhet, text label, text value, text at, text source) -> rows(int id)
SELECT f.id FROM enhet_faktum f
 WHERE f.owner = :owner AND f.enhet = :enhet AND f.label = :label AND f.value = :value AND f.at = :at
   AND f.source = :source AND f.replaced_by IS NULL;

-- query enhet_fact_replace(int owner, int enhet, int id, int replaced_by, text replaced_why) -> rows(int id)
UPDATE enhet_faktum SET replaced_by = :replaced_by, replaced_why = :replaced_why
 WHERE owner = :owner AND enhet = :enhet AND id = :id AND replaced_by IS NULL RETURNING id;

-- query enhet_fact_one(int owner, int enhet, int id) -> rows(text label, text value, text at, text source)
SELECT f.label, f.value, f.at, f.source FROM enhet_faktum f
 WHERE f.owner = :owner AND f.enhet = :enhet AND f.id = :id AND f.replaced_by IS NULL;
