-- 0066: the day a case paper was written and approved by its owner's clock; older ones have the moment alone.
-- SPDX-License-Identifier: EUPL-1.2
ALTER TABLE saksframlegg_versjon ADD COLUMN made_on TEXT CHECK (length(made_on) = 10);
ALTER TABLE saksframlegg_versjon ADD COLUMN approved_on TEXT CHECK (length(approved_on) = 10);
