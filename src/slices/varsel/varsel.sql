-- varsel.sql - how mail is sent, and the outbox.
-- SPDX-License-Identifier: EUPL-1.2

-- query varsel_oppsett_select(int owner) -> rows(text? server, int port, text security, text? username, text? password, text? sender, text? sender_name, text? base_url)
SELECT o.server, o.port, o.security, o.username, o.password, o.sender, o.sender_name, o.base_url
  FROM varsel_oppsett o WHERE o.owner = :owner;

-- query varsel_addresses() -> rows(int owner, text? base_url)
-- all owners: a link made where no owner is said leads to the only address there is, if there is but one
SELECT o.owner, o.base_url FROM varsel_oppsett o WHERE o.base_url IS NOT NULL ORDER BY o.owner LIMIT 200;

-- query varsel_insert(int owner, int id, int? person, text address, text name, text subject, text content, text? key, int now) -> rows(int id)
INSERT INTO varsel (owner, id, person, address, name, subject, content, key, state, trouble, answer, tries, added_at, tried_at)
VALUES (:owner, :id, :person, :address, :name, :subject, :content, :key, 'venter', '', '', 0, :now, NULL)
ON CONFLICT (owner, key) DO NOTHING RETURNING id;

-- query varsel_select(int owner, int id) -> rows(text address, text name, text subject, text content, text state)
SELECT v.address, v.name, v.subject, v.content, v.state FROM varsel v WHERE v.owner = :owner AND v.id = :id;

-- query varsel_done(int owner, int id, int now) -> nothing
UPDATE varsel SET state = 'sendt', content = '', trouble = '', answer = '', tries = tries + 1, tried_at = :now
 WHERE owner = :owner AND id = :id AND state = 'venter';

-- query varsel_tried(int owner, int id, text state, text trouble, text answer, int now) -> nothing
UPDATE varsel SET state = :state, trouble = :trouble, answer = :answer, tries = tries + 1, tried_at = :now
 WHERE owner = :owner AND id = :id AND state = 'venter';

-- query varsel_of_person(int owner, int person) -> rows(text address, text subject, text state, int added_at, int? tried_at)
SELECT v.address, v.subject, v.state, v.added_at, v.tried_at
  FROM varsel v WHERE v.owner = :owner AND v.person = :person ORDER BY v.added_at, v.id;

-- query varsel_old_count(int owner, int before) -> row(int n)
SELECT COUNT(*) AS n FROM varsel v WHERE v.owner = :owner AND v.state <> 'venter' AND v.added_at < :before;

-- query varsel_old_delete(int owner, int before) -> nothing
DELETE FROM varsel WHERE owner = :owner AND state <> 'venter' AND added_at < :before;
