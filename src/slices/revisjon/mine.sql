-- mine.sql - what the audit log has about one person.
-- SPDX-License-Identifier: EUPL-1.2

-- query revisjon_about(int owner, int person, int before) -> rows(int seq, int at, int person, text role, text act, text detail)
SELECT r.seq, r.at, r.person, r.role, r.act, r.detail
  FROM revisjon r
 WHERE r.owner = :owner AND r.subject = :person AND r.person <> :person AND r.seq < :before
 ORDER BY r.seq DESC LIMIT 100;

-- query revisjon_by(int owner, int person) -> rows(int seq, int at, text role, text act, int object, text detail, text client)
SELECT r.seq, r.at, r.role, r.act, r.object, r.detail,
       CASE WHEN r.person = :person THEN r.client ELSE '' END AS client
  FROM revisjon r
 WHERE r.owner = :owner AND (r.person = :person OR r.subject = :person)
 ORDER BY r.seq DESC LIMIT 1000;
