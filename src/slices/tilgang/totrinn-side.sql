-- totrinn-side.sql - sessions that a new demand ends.
-- SPDX-License-Identifier: EUPL-1.2

-- query tilgang_sessions_without(int owner, text role) -> nothing
DELETE FROM sesjon
 WHERE owner = :owner
   AND role IN (SELECT r.id FROM rolle r WHERE r.owner = :owner AND r.role = :role)
   AND person NOT IN (SELECT t.person FROM totrinn t WHERE t.owner = :owner AND t.confirmed_at IS NOT NULL);
