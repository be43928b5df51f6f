-- enhet-sider.sql - what the pages of a unit show beside the unit itself.
-- SPDX-License-Identifier: EUPL-1.2

-- query enhet_names(int owner, int enhet) -> rows(text valid_from, text name)
SELECT n.valid_from, n.name FROM enhet_navn n
 WHERE n.owner = :owner AND n.enhet = :enhet ORDER BY n.valid_from;

-- query enhet_facts(int owner, int enhet) -> rows(int id, text label, text value, text at, text source, text origin, int? replaced_by, text? replaced_why)
SELECT f.id, f.label, f.value, f.at, f.source, f.origin, f.replaced_by, f.replaced_why FROM enhet_faktum f
 WHERE f.owner = :owner AND f.enhet = :enhet ORDER BY f.at, f.id;

-- query enhet_successors(int owner, int enhet) -> rows(int id, text relation, text other_kind, text other, text other_name, text happened, text source)
SELECT s.id, s.relation, s.other_kind, s.other, s.other_name, s.happened, s.source FROM enhet_etterfolger s
 WHERE s.owner = :owner AND s.enhet = :enhet ORDER BY s.happened, s.id;
