-- frist.sql - the dates of a report between its steps, where somebody has set them.
-- SPDX-License-Identifier: EUPL-1.2

-- query frist_select(int owner, int rapport) -> rows(text code, text day)
SELECT f.code, f.day FROM rapport_frist f WHERE f.owner = :owner AND f.rapport = :rapport;

-- query frist_store(int owner, int rapport, text code, text day) -> nothing
INSERT INTO rapport_frist (owner, rapport, code, day) VALUES (:owner, :rapport, :code, :day)
    ON CONFLICT (owner, rapport, code) DO UPDATE SET day = excluded.day;

-- query frist_delete(int owner, int rapport, text code) -> nothing
DELETE FROM rapport_frist WHERE owner = :owner AND rapport = :rapport AND code = :code;
