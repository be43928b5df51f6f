-- 0069: whom a mail went to, beside the address, so that each person's own data have it. NULL: from before.
-- SPDX-License-Identifier: EUPL-1.2
ALTER TABLE varsel ADD COLUMN person BIGINT;
CREATE INDEX varsel_person ON varsel (owner, person);
