-- tilgang.sql - sign-in, sessions and roles.
-- SPDX-License-Identifier: EUPL-1.2

-- query tilgang_logins(text email) -> rows(int owner, int person, text password_hash, int password_round, int disabled)
-- all owners: who signs in says an address, not an owner
SELECT i.owner, i.person, i.password_hash, i.password_round, i.disabled
  FROM innlogging i WHERE i.email = :email ORDER BY i.owner;

-- query tilgang_login_insert(int owner, int person, text email, text password_hash, int changed_at) -> nothing
INSERT INTO innlogging (owner, person, email, password_hash, language, disabled, changed_at)
VALUES (:owner, :person, :email, :password_hash, NULL, 0, :changed_at);

-- query tilgang_login_update(int owner, int person, text password_hash, int changed_at) -> rows(int person)
UPDATE innlogging
   SET password_hash = :password_hash, changed_at = :changed_at, password_round = password_round + 1
 WHERE owner = :owner AND person = :person RETURNING person;

-- the same password kept in a newer way; not over one that has come meanwhile
-- query tilgang_login_rehash(int owner, int person, text old_hash, text password_hash) -> nothing
UPDATE innlogging SET password_hash = :password_hash
 WHERE owner = :owner AND person = :person AND password_hash = :old_hash;

-- query tilgang_login_disable(int owner, int person, int disabled) -> nothing
UPDATE innlogging SET disabled = :disabled WHERE owner = :owner AND person = :person;

-- query tilgang_sessions_end(int owner, int person) -> nothing
DELETE FROM sesjon WHERE owner = :owner AND person = :person;

-- query tilgang_role_insert(int owner, int id, int person, text role, int? unit, text valid_from) -> nothing
INSERT INTO rolle (owner, id, person, role, unit, valid_from, valid_to)
VALUES (:owner, :id, :person, :role, :unit, :valid_from, NULL);

-- query tilgang_roles(int owner, int person, text today) -> rows(int id, text role, int? unit)
SELECT r.id, r.role, r.unit FROM rolle r
 WHERE r.owner = :owner AND r.person = :person AND r.position_role IS NULL
   AND r.valid_from <= :today AND (r.valid_to IS NULL OR r.valid_to >= :today)
 ORDER BY r.valid_from, r.id;

-- query tilgang_session_insert(int owner, int id, text token_hash, int person, int password_round, int role, int now) -> nothing
INSERT INTO sesjon (owner, id, token_hash, person, password_round, role, created_at, seen_at)
VALUES (:owner, :id, :token_hash, :person, :password_round, :role, :now, :now);

-- query tilgang_session_select(text token_hash) -> rows(int owner, int id, int person, int created_at, int seen_at, int role, text role_code, int? unit, text role_from, text? role_to, int? position_role, text? language, int disabled)
-- all owners: the token alone says whose session it is
SELECT s.owner, s.id, s.person, s.created_at, s.seen_at, s.role, r.role AS role_code, r.unit,
       r.valid_from AS role_from, r.valid_to AS role_to, r.position_role, i.language, i.disabled
  FROM sesjon s
  JOIN rolle r ON r.owner = s.owner AND r.id = s.role
  JOIN innlogging i ON i.owner = s.owner AND i.person = s.person
                   AND i.password_round = s.password_round
 WHERE s.token_hash = :token_hash;

-- query tilgang_session_seen(int owner, int id, int now) -> nothing
UPDATE sesjon SET seen_at = :now WHERE owner = :owner AND id = :id;

-- query tilgang_session_role(int owner, text token_hash, int person, int role) -> nothing
UPDATE sesjon SET role = :role
 WHERE owner = :owner AND token_hash = :token_hash AND person = :person;

-- query tilgang_session_delete(int owner, text token_hash) -> nothing
DELETE FROM sesjon WHERE owner = :owner AND token_hash = :token_hash;

-- query tilgang_sessions_expire(int created_before, int seen_before) -> nothing
-- all owners: expired sessions of everybody go
DELETE FROM sesjon WHERE created_at < :created_before OR seen_at < :seen_before;
