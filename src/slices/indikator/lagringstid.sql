-- lagringstid.sql - how long it is kept who sent a file and who answered what a name means.
-- SPDX-License-Identifier: EUPL-1.2

-- query lagringstid_count(int owner, int before) -> row(int n)
SELECT COUNT(*) AS n FROM datasett d
 WHERE d.owner = :owner AND d.imported_at < :before AND d.imported_by IS NOT NULL;

-- query lagringstid_forget(int owner, int before) -> nothing
UPDATE datasett SET imported_by = NULL, undone_by = NULL, by_forgotten = 1
 WHERE owner = :owner AND imported_at < :before AND imported_by IS NOT NULL;

-- query lagringstid_forget_answers(int owner, int before) -> nothing
UPDATE import_tilordning SET person = NULL
 WHERE owner = :owner AND saved_at < :before AND person IS NOT NULL;

-- query lagringstid_bundles(int owner, int before) -> nothing
DELETE FROM import_bunke WHERE owner = :owner AND created_at < :before;
