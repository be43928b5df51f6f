-- ifjor.sql - what a report says of the measures and items of the one before it.
-- SPDX-License-Identifier: EUPL-1.2

-- query ifjor_select(int owner, int rapport) -> rows(int id, int item, text task, text status, text note, int version)
SELECT i.id, i.item, i.task, i.status, i.note, i.version FROM rapport_ifjor i
 WHERE i.owner = :owner AND i.rapport = :rapport ORDER BY i.id;

-- query ifjor_insert(int owner, int id, int rapport, int item, text task, text status, text note) -> nothing
INSERT INTO rapport_ifjor (owner, id, rapport, item, task, status, note, version)
VALUES (:owner, :id, :rapport, :item, :task, :status, :note, 1);

-- query ifjor_update(int owner, int rapport, int item, int version, text task, text status, text note) -> rows(int id)
UPDATE rapport_ifjor SET task = :task, status = :status, note = :note, version = version + 1
 WHERE owner = :owner AND rapport = :rapport AND item = :item AND version = :version RETURNING id;
