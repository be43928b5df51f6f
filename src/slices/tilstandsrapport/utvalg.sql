-- utvalg.sql - which figures stand in a chapter of a report that is begun.
-- SPDX-License-Identifier: EUPL-1.2

-- query utvalg_store(int owner, int kapittel, int version, text indicators, text views) -> rows(int version)
-- The texts are not touched, so their version stays; it only tells that nobody changed the choice meanwhile.
UPDATE rapport_kapittel SET indicators = :indicators, views = :views
 WHERE owner = :owner AND id = :kapittel AND version = :version RETURNING version;
