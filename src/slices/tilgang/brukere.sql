-- brukere.sql - everybody who can sign in, for the one who manages them.
-- SPDX-License-Identifier: EUPL-1.2

-- query tilgang_all_logins(int owner) -> rows(int person, text email, int invited, int disabled, int? last_at, int totp, int? link_until)
SELECT i.person, i.email, CASE WHEN i.password_hash = '' THEN 1 ELSE 0 END AS invited, i.disabled, i.last_at,
       CASE WHEN t.confirmed_at IS NULL THEN 0 ELSE 1 END AS totp,
       (SELECT MAX(l.expires_at) FROM innlogging_lenke l
         WHERE l.owner = i.owner AND l.person = i.person AND l.used_at IS NULL AND l.withdrawn_at IS NULL) AS link_until
  FROM innlogging i LEFT JOIN totrinn t ON t.owner = i.owner AND t.person = i.person
 WHERE i.owner = :owner
 ORDER BY i.email LIMIT 5000;

-- query tilgang_stop(int owner, int person, int disabled) -> nothing
UPDATE innlogging SET disabled = :disabled WHERE owner = :owner AND person = :person;

-- query tilgang_out(int owner, int person) -> nothing
DELETE FROM sesjon WHERE owner = :owner AND person = :person;

-- query tilgang_links_stop(int owner, int person, int now) -> nothing
UPDATE innlogging_lenke SET withdrawn_at = :now
 WHERE owner = :owner AND person = :person AND used_at IS NULL AND withdrawn_at IS NULL;
