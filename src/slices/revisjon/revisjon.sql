-- revisjon.sql - whether a reading stands in the log already.
-- SPDX-License-Identifier: EUPL-1.2

-- query revisjon_same_reading(int owner, int person, text act, int object, int subject, int since) -> rows(int seq)
-- all owners: the line's chain may be the installation's (0) while the request is one owner's
SELECT r.seq FROM revisjon r
 WHERE r.owner = :owner AND r.person = :person AND r.at >= :since
   AND r.act = :act AND r.object = :object AND r.subject = :subject
 LIMIT 1;
