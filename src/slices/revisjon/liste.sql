-- liste.sql - the audit log as it is read: lines by a filter, and how many of what.
-- SPDX-License-Identifier: EUPL-1.2

-- query revisjon_page(int owner, int before, int person, text act, int object, int since, int until, int most) -> rows(int seq, int at, int person, text role, text act, int object, int subject, text detail, text client)
-- all owners: an administrator of the installation reads its chain (0)
SELECT r.seq, r.at, r.person, r.role, r.act, r.object, r.subject, r.detail, r.client
  FROM revisjon r
 WHERE r.owner = :owner AND r.seq < :before AND r.at >= :since AND r.at < :until
   AND (:person = 0 OR r.person = :person OR r.subject = :person)
   AND (:act = '' OR r.act = :act)
   AND (:object = 0 OR r.object = :object)
 ORDER BY r.seq DESC LIMIT :most;

-- query revisjon_counts(int owner, int since, int until) -> rows(text act, int hour, int n)
-- all owners: an administrator of the installation reads its chain (0)
SELECT r.act, r.at / 3600000000 AS hour, count(*) AS n
  FROM revisjon r
 WHERE r.owner = :owner AND r.at >= :since AND r.at < :until
 GROUP BY r.act, r.at / 3600000000
 ORDER BY hour DESC, r.act;

-- query revisjon_acts(int owner) -> rows(text act)
-- all owners: an administrator of the installation reads its chain (0)
SELECT DISTINCT r.act FROM revisjon r WHERE r.owner = :owner ORDER BY r.act;
