-- tall.sql - the figures of a draft's chapters as they were taken in.
-- SPDX-License-Identifier: EUPL-1.2

-- query tall_select(int owner, int kapittel) -> rows(int taken_at, int? taken_by, text open, text internal, text stale)
SELECT t.taken_at, t.taken_by, t.open, t.internal, t.stale FROM rapport_tall t
 WHERE t.owner = :owner AND t.kapittel = :kapittel;

-- query tall_store(int owner, int kapittel, int taken_at, int? taken_by, text open, text internal, text stale) -> nothing
INSERT INTO rapport_tall (owner, kapittel, taken_at, taken_by, open, internal, stale)
VALUES (:owner, :kapittel, :taken_at, :taken_by, :open, :internal, :stale)
ON CONFLICT (owner, kapittel) DO UPDATE
   SET taken_at = excluded.taken_at, taken_by = excluded.taken_by, open = excluded.open,
       internal = excluded.internal, stale = excluded.stale;

-- query tall_fresh(int owner, int kapittel) -> nothing
UPDATE rapport_tall SET stale = '' WHERE owner = :owner AND kapittel = :kapittel;
