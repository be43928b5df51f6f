-- oppsett.sql - how mail is sent, as the page shows and stores it, and what has not gone out.
-- SPDX-License-Identifier: EUPL-1.2

-- query varsel_stored_select(int owner) -> rows(text? server, int port, text security, text? username, text? password, text? sender, text? sender_name, text? base_url)
SELECT o.server, o.port, o.security, o.username, o.password, o.sender, o.sender_name, o.base_url
  FROM varsel_oppsett o WHERE o.owner = :owner;

-- query varsel_oppsett_upsert(int owner, text? server, int port, text security, text? username, text? password, text? sender, text? sender_name, text? base_url, int changed_at) -> nothing
INSERT INTO varsel_oppsett (owner, server, port, security, username, password, sender, sender_name, base_url, changed_at)
VALUES (:owner, :server, :port, :security, :username, :password, :sender, :sender_name, :base_url, :changed_at)
ON CONFLICT (owner) DO UPDATE SET server = excluded.server, port = excluded.port, security = excluded.security,
    username = excluded.username, password = excluded.password, sender = excluded.sender,
    sender_name = excluded.sender_name, base_url = excluded.base_url, changed_at = excluded.changed_at;

-- query varsel_again(int owner, int id) -> rows(int id)
UPDATE varsel SET state = 'venter' WHERE owner = :owner AND id = :id AND state = 'feilet' RETURNING id;

-- query varsel_state(int owner, int id) -> rows(text state)
SELECT v.state FROM varsel v WHERE v.owner = :owner AND v.id = :id;

-- query varsel_drop(int owner, int id) -> rows(int id)
DELETE FROM varsel WHERE owner = :owner AND id = :id AND state <> 'sendt' RETURNING id;

-- query varsel_open(int owner) -> rows(int id, text address, text subject, text state, text trouble, text answer, int tries, int added_at)
SELECT v.id, v.address, v.subject, v.state, v.trouble, v.answer, v.tries, v.added_at
  FROM varsel v WHERE v.owner = :owner AND v.state <> 'sendt'
 ORDER BY v.added_at DESC, v.id DESC LIMIT 100;

-- query varsel_counts(int owner) -> row(int sent, int waiting, int failed)
SELECT COUNT(*) FILTER (WHERE v.state = 'sendt') AS sent, COUNT(*) FILTER (WHERE v.state = 'venter') AS waiting,
       COUNT(*) FILTER (WHERE v.state = 'feilet') AS failed
  FROM varsel v WHERE v.owner = :owner;

