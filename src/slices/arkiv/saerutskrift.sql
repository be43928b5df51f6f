-- saerutskrift.sql - what belongs to an excerpt of the minutes beside the minutes.
-- SPDX-License-Identifier: EUPL-1.2

-- query saerutskrift_read(int owner, int event) -> rows(text recipients, int outside, text certifier, text? certified_on, int version)
SELECT s.recipients, s.outside, s.certifier, s.certified_on, s.version
  FROM saerutskrift s WHERE s.owner = :owner AND s.event = :event;

-- query saerutskrift_insert(int owner, int event, text recipients, int outside, text certifier, text? certified_on, int changed_at, int? changed_by) -> rows(int version)
INSERT INTO saerutskrift (owner, event, recipients, outside, certifier, certified_on, version, changed_at, changed_by)
VALUES (:owner, :event, :recipients, :outside, :certifier, :certified_on, 1, :changed_at, :changed_by)
ON CONFLICT (owner, event) DO NOTHING RETURNING version;

-- query saerutskrift_update(int owner, int event, int version, text recipients, int outside, text certifier, text? certified_on, int changed_at, int? changed_by) -> rows(int version)
UPDATE saerutskrift
   SET recipients = :recipients, outside = :outside, certifier = :certifier, certified_on = :certified_on,
       version = version + 1, changed_at = :changed_at, changed_by = :changed_by
 WHERE owner = :owner AND event = :event AND version = :version RETURNING version;
