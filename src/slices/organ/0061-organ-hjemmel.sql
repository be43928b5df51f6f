-- 0061: the law a body stands on, dated; the order of substitutes.
-- SPDX-License-Identifier: EUPL-1.2
ALTER TABLE organ ADD COLUMN legal_basis TEXT NOT NULL DEFAULT '' CHECK (length(legal_basis) <= 200);
ALTER TABLE organ ADD COLUMN legal_from TEXT CHECK (length(legal_from) BETWEEN 4 AND 10);
ALTER TABLE organ ADD COLUMN legal_to TEXT CHECK (length(legal_to) BETWEEN 4 AND 10);
ALTER TABLE organ_medlem ADD COLUMN nr BIGINT CHECK (nr BETWEEN 1 AND 99);        -- of a substitute
CREATE INDEX organ_medlem_stilling ON organ_medlem (owner, stilling);
