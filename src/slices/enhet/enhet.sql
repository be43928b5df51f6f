-- enhet.sql - units as they stood on a date: names, identities, tree, successors, facts.
-- SPDX-License-Identifier: EUPL-1.2

-- query enhet_select(int owner, text today) -> rows(int id, text kind, int? parent, text name, text origin, text? code, text? closed)
SELECT e.id, e.kind, e.parent, n.name, e.origin,
       (SELECT i.value FROM enhet_identitet i
         WHERE i.owner = e.owner AND i.enhet = e.id AND i.valid_from <= :today
           AND (i.valid_to IS NULL OR i.valid_to >= :today)
         ORDER BY i.valid_from DESC, i.kind LIMIT 1) AS code, e.closed
  FROM enhet e JOIN enhet_navn n ON n.owner = e.owner AND n.enhet = e.id
 WHERE e.owner = :owner
   AND n.valid_from = (SELECT MAX(m.valid_from) FROM enhet_navn m
                        WHERE m.owner = e.owner AND m.enhet = e.id AND m.valid_from <= :today)
 ORDER BY CASE e.kind WHEN 'kommune' THEN 0 WHEN 'skole' THEN 1 WHEN 'barnehage' THEN 2 ELSE 3 END,
          n.name COLLATE nb, e.id;

-- query enhet_select_owner(int id) -> rows(int owner)
-- all owners: an address with an id finds its owner by the id
SELECT e.owner FROM enhet e WHERE e.id = :id;

-- query enhet_identities(int owner, int enhet) -> rows(text kind, text value, text valid_from, text? valid_to)
SELECT i.kind, i.value, i.valid_from, i.valid_to FROM enhet_identitet i
 WHERE i.owner = :owner AND i.enhet = :enhet ORDER BY i.kind, i.valid_from;

-- query enhet_by_identity(int owner, text value) -> rows(int enhet)
SELECT i.enhet FROM enhet_identitet i
 WHERE i.owner = :owner AND i.value = :value ORDER BY i.valid_from DESC;

-- query enhet_insert(int owner, int id, text kind, int? parent, text origin) -> nothing
INSERT INTO enhet (owner, id, kind, parent, origin) VALUES (:owner, :id, :kind, :parent, :origin);

-- query enhet_name_insert(int owner, int enhet, text valid_from, text name) -> nothing
INSERT INTO enhet_navn (owner, enhet, valid_from, name) VALUES (:owner, :enhet, :valid_from, :name)
    ON CONFLICT (owner, enhet, valid_from) DO UPDATE SET name = excluded.name;

-- query enhet_identity_insert(int owner, int enhet, text kind, text value, text valid_from, text? valid_to) -> nothing
INSERT INTO enhet_identitet (owner, enhet, kind, value, valid_from, valid_to)
VALUES (:owner, :enhet, :kind, :value, :valid_from, :valid_to);

-- query enhet_successor_insert(int owner, int id, int enhet, text relation, text other_kind, text other, text other_name, text happened, text source) -> nothing
INSERT INTO enhet_etterfolger (owner, id, enhet, relation, other_kind, other, other_name, happened, source)
VALUES (:owner, :id, :enhet, :relation, :other_kind, :other, :other_name, :happened, :source);

-- query enhet_fact_take_back(int owner, int enhet, int id) -> rows(int id)
DELETE FROM enhet_faktum
 WHERE owner = :owner AND enhet = :enhet AND id = :id AND replaced_by IS NULL RETURNING id;

-- query enhet_fact_insert(int owner, int id, int enhet, text label, text value, text at, text source, text origin) -> nothing
INSERT INTO enhet_faktum (owner, id, enhet, label, value, at, source, origin)
VALUES (:owner, :id, :enhet, :label, :value, :at, :source, :origin);

-- query enhet_links_all(int owner) -> rows(int enhet, text relation, text other, text other_name, text happened, int? other_unit)
SELECT s.enhet, s.relation, s.other, s.other_name, s.happened,
       (SELECT MIN(i.enhet) FROM enhet_identitet i WHERE i.owner = s.owner AND i.value = s.other) AS other_unit
  FROM enhet_etterfolger s
 WHERE s.owner = :owner ORDER BY s.happened DESC, s.id;
