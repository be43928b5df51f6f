-- konto.sql - what one person sees and changes of the own login.
-- SPDX-License-Identifier: EUPL-1.2

-- query tilgang_own_sessions(int owner, int person, int seen_after, int created_after) -> rows(text token_hash, int created_at, int seen_at)
SELECT s.token_hash, s.created_at, s.seen_at FROM sesjon s
 WHERE s.owner = :owner AND s.person = :person AND s.seen_at > :seen_after AND s.created_at > :created_after
 ORDER BY s.seen_at DESC LIMIT 100;

-- query tilgang_own_language(int owner, int person, text language) -> nothing
UPDATE innlogging SET language = :language WHERE owner = :owner AND person = :person;

-- query tilgang_own_password(int owner, int person, text password_hash, int now) -> nothing
UPDATE innlogging SET password_hash = :password_hash, changed_at = :now, password_round = password_round + 1
 WHERE owner = :owner AND person = :person;

-- query tilgang_own_session_stays(int owner, int person, text token_hash) -> nothing
UPDATE sesjon SET password_round = (SELECT i.password_round FROM innlogging i
                                     WHERE i.owner = :owner AND i.person = :person)
 WHERE owner = :owner AND person = :person AND token_hash = :token_hash;

-- query tilgang_own_others_end(int owner, int person, text but) -> nothing
DELETE FROM sesjon WHERE owner = :owner AND person = :person AND token_hash <> :but;

-- query tilgang_own_end(int owner, int person) -> nothing
DELETE FROM sesjon WHERE owner = :owner AND person = :person;

-- query tilgang_own_links(int owner, int person) -> rows(text kind, int made_at, int? used_at)
SELECT l.kind, l.made_at, l.used_at FROM innlogging_lenke l
 WHERE l.owner = :owner AND l.person = :person ORDER BY l.made_at LIMIT 200;

-- query tilgang_roles_ever(int owner, int person) -> rows(text role, int? unit, text valid_from, text? valid_to)
SELECT r.role, r.unit, r.valid_from, r.valid_to FROM rolle r
 WHERE r.owner = :owner AND r.person = :person AND r.position_role IS NULL ORDER BY r.valid_from, r.id LIMIT 500;

-- query tilgang_own_emergencies(int owner, int person) -> rows(text reason, int started_at, int expires_at, int? ended_at)
SELECT n.reason, n.started_at, n.expires_at, n.ended_at FROM nodtilgang n
 WHERE n.owner = :owner AND n.person = :person ORDER BY n.started_at LIMIT 200;
