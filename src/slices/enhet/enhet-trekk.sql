-- enhet-trekk.sql - what became of a unit, entered by mistake.
-- SPDX-License-Identifier: EUPL-1.2

-- query enhet_successor_one(int owner, int enhet, int id) -> rows(text other_name, text other, text happened)
SELECT s.other_name, s.other, s.happened FROM enhet_etterfolger s
 WHERE s.owner = :owner AND s.enhet = :enhet AND s.id = :id;

-- query enhet_successor_delete(int owner, int enhet, int id) -> rows(text other_name)
DELETE FROM enhet_etterfolger WHERE owner = :owner AND enhet = :enhet AND id = :id RETURNING other_name;

-- query enhet_closed_update(int owner, int id, text closed) -> rows(int id)
UPDATE enhet SET closed = :closed WHERE owner = :owner AND id = :id RETURNING id;
