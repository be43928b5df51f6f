-- lenke.sql - one-time links, and the login they are for.
-- SPDX-License-Identifier: EUPL-1.2

-- query tilgang_login_select(int owner, int person) -> rows(text email, text password_hash, text? language, int disabled, int? last_at)
SELECT i.email, i.password_hash, i.language, i.disabled, i.last_at FROM innlogging i
 WHERE i.owner = :owner AND i.person = :person;

-- query tilgang_invited_insert(int owner, int person, text email, int now) -> nothing
INSERT INTO innlogging (owner, person, email, password_hash, language, disabled, changed_at)
VALUES (:owner, :person, :email, '', NULL, 0, :now);

-- query tilgang_link_insert(int owner, int id, text kind, text token_hash, int person, int? made_by, int now, int expires_at) -> nothing
INSERT INTO innlogging_lenke (owner, id, kind, token_hash, person, made_by, made_at, expires_at, used_at, withdrawn_at)
VALUES (:owner, :id, :kind, :token_hash, :person, :made_by, :now, :expires_at, NULL, NULL);

-- query tilgang_links_withdraw(int owner, int person, int now) -> nothing
UPDATE innlogging_lenke SET withdrawn_at = :now
 WHERE owner = :owner AND person = :person AND used_at IS NULL AND withdrawn_at IS NULL;

-- query tilgang_link_select(text token_hash, int now) -> rows(int owner, int id, text kind, int person, int? made_by)
-- all owners: the token alone says whose link it is
SELECT l.owner, l.id, l.kind, l.person, l.made_by
  FROM innlogging_lenke l
  JOIN innlogging i ON i.owner = l.owner AND i.person = l.person
 WHERE l.token_hash = :token_hash AND l.used_at IS NULL AND l.withdrawn_at IS NULL AND l.expires_at > :now
   AND i.disabled = 0;

-- query tilgang_link_take(int owner, int id, int now) -> rows(int id)
UPDATE innlogging_lenke SET used_at = :now
 WHERE owner = :owner AND id = :id AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > :now
 RETURNING id;

-- query tilgang_link_password(int owner, int person, text password_hash, int now) -> rows(int password_round)
UPDATE innlogging SET password_hash = :password_hash, changed_at = :now, password_round = password_round + 1
 WHERE owner = :owner AND person = :person RETURNING password_round;

-- query tilgang_link_sessions(int owner, int person) -> nothing
DELETE FROM sesjon WHERE owner = :owner AND person = :person;

-- query tilgang_links_old(int owner, int before) -> row(int n)
SELECT COUNT(*) AS n FROM innlogging_lenke l
 WHERE l.owner = :owner AND l.expires_at < :before;

-- query tilgang_links_forget(int owner, int before) -> nothing
DELETE FROM innlogging_lenke WHERE owner = :owner AND expires_at < :before;

-- query tilgang_sessions_old(int owner, int before) -> row(int n)
SELECT COUNT(*) AS n FROM sesjon s WHERE s.owner = :owner AND s.seen_at < :before;

-- query tilgang_sessions_forget(int owner, int before) -> nothing
DELETE FROM sesjon WHERE owner = :owner AND seen_at < :before;

-- query tilgang_halves_forget(int owner, int before) -> nothing
DELETE FROM innlogging_halv WHERE owner = :owner AND made_at < :before;

-- query tilgang_address(text email) -> rows(int owner, int person, int disabled)
-- all owners: who signs in or has lost a password says an address, not an owner
SELECT i.owner, i.person, i.disabled FROM innlogging i WHERE i.email = :email ORDER BY i.owner LIMIT 8;
