-- inngang.sql - from the right password to a session: the half sign-in between the two steps.
-- SPDX-License-Identifier: EUPL-1.2

-- query tilgang_half_insert(int owner, int id, text token_hash, int person, int password_round, text path, int now) -> nothing
INSERT INTO innlogging_halv (owner, id, token_hash, person, password_round, path, made_at)
VALUES (:owner, :id, :token_hash, :person, :password_round, :path, :now);

-- query tilgang_half_select(text token_hash, int after) -> rows(int owner, int person, int password_round, text path, text email)
-- all owners: the token alone says whose it is
SELECT h.owner, h.person, h.password_round, h.path, i.email FROM innlogging_halv h
  JOIN innlogging i ON i.owner = h.owner AND i.person = h.person
                   AND i.password_round = h.password_round
 WHERE h.token_hash = :token_hash AND h.made_at > :after AND i.disabled = 0;

-- query tilgang_half_take(int owner, text token_hash) -> rows(int id)
DELETE FROM innlogging_halv WHERE owner = :owner AND token_hash = :token_hash RETURNING id;

-- query tilgang_halves_end(int owner, int person) -> nothing
DELETE FROM innlogging_halv WHERE owner = :owner AND person = :person;

-- query tilgang_half_expire(int before) -> nothing
-- all owners: those of everybody that are too old go
DELETE FROM innlogging_halv WHERE made_at < :before;

-- query tilgang_login_seen(int owner, int person, int now) -> nothing
UPDATE innlogging SET last_at = :now WHERE owner = :owner AND person = :person;
