-- utvalg.sql - which figures stand in a chapter of a report that is begun.
-- SPDX-License-Identifier: EUPL-1.2

-- query utvalg_store(int owner, int kapittel, text indicators, text views) -> rows(int version)
-- The texts are not touched, so their version stays.
UPDATE rapport_kapittel SET indicators = :indicators, views = :views
 WHERE owner = :owner AND id = :kapittel RETURNING version;
