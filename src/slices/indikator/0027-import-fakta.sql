-- 0027: facts that came by a file can be undone with it; what uploads waited in before 0026 is gone.
-- SPDX-License-Identifier: EUPL-1.2
ALTER TABLE datasett_faktum ADD COLUMN faktum BIGINT; -- its line in enhet_faktum; NULL: none, or before 0027
ALTER TABLE datasett_faktum ADD COLUMN source TEXT;   -- as it stands there; NULL: before 0027
ALTER TABLE datasett ADD COLUMN by_forgotten BIGINT;  -- 1: who sent it is no longer kept
DROP TABLE import_venter;
