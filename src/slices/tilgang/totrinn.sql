-- totrinn.sql - the second step as data.
-- SPDX-License-Identifier: EUPL-1.2

-- query tilgang_totp_select(int owner, int person) -> rows(text secret, int? confirmed_at, int last_step)
SELECT t.secret, t.confirmed_at, t.last_step FROM totrinn t WHERE t.owner = :owner AND t.person = :person;

-- query tilgang_totp_insert(int owner, int person, text secret) -> nothing
INSERT INTO totrinn (owner, person, secret, confirmed_at, last_step)
VALUES (:owner, :person, :secret, NULL, -1) ON CONFLICT (owner, person) DO NOTHING;

-- query tilgang_totp_step(int owner, int person, int step) -> rows(int person)
UPDATE totrinn SET last_step = :step
 WHERE owner = :owner AND person = :person AND last_step < :step RETURNING person;

-- query tilgang_totp_set(int owner, int person, int now) -> rows(int person)
UPDATE totrinn SET confirmed_at = :now
 WHERE owner = :owner AND person = :person AND confirmed_at IS NULL RETURNING person;

-- query tilgang_totp_delete(int owner, int person) -> nothing
DELETE FROM totrinn WHERE owner = :owner AND person = :person;

-- query tilgang_reserve_insert(int owner, int id, int person, text code_hash) -> nothing
INSERT INTO totrinn_reserve (owner, id, person, code_hash, used_at) VALUES (:owner, :id, :person, :code_hash, NULL);

-- query tilgang_reserve_use(int owner, int person, text code_hash, int now) -> rows(int id)
UPDATE totrinn_reserve SET used_at = :now
 WHERE owner = :owner AND person = :person AND code_hash = :code_hash AND used_at IS NULL RETURNING id;

-- query tilgang_reserve_left(int owner, int person) -> row(int n)
SELECT COUNT(*) AS n FROM totrinn_reserve r WHERE r.owner = :owner AND r.person = :person AND r.used_at IS NULL;

-- query tilgang_reserve_delete(int owner, int person) -> nothing
DELETE FROM totrinn_reserve WHERE owner = :owner AND person = :person;
