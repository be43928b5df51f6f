-- tilgang-liste.sql - who may sign in, for the people page and the command line.
-- SPDX-License-Identifier: EUPL-1.2

-- query tilgang_users(int owner, text today) -> rows(int person, text email, int disabled, int? id, text? role, int? unit, text? since)
SELECT i.person, i.email, i.disabled, r.id, r.role, r.unit, r.valid_from AS since
  FROM innlogging i
  LEFT JOIN rolle r ON r.owner = i.owner AND r.person = i.person AND r.position_role IS NULL
        AND r.valid_from <= :today AND (r.valid_to IS NULL OR r.valid_to >= :today)
 WHERE i.owner = :owner
 ORDER BY i.email, i.person, r.valid_from, r.id;
