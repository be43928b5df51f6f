-- hjem.sql - when somebody last looked.
-- SPDX-License-Identifier: EUPL-1.2

-- query hjem_sett_select(int owner, int person) -> rows(int since, int seen)
SELECT s.since, s.seen FROM hjem_sett s WHERE s.owner = :owner AND s.person = :person;

-- query hjem_sett_store(int owner, int person, int since, int seen) -> nothing
INSERT INTO hjem_sett (owner, person, since, seen) VALUES (:owner, :person, :since, :seen)
ON CONFLICT (owner, person) DO UPDATE SET since = excluded.since, seen = excluded.seen;
