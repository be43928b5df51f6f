-- 0020: units close; facts are corrected by a newer line, and the old one stays to be read.
-- SPDX-License-Identifier: EUPL-1.2
ALTER TABLE enhet ADD COLUMN closed TEXT CHECK (length(closed) = 10);            -- last day; NULL: still open
ALTER TABLE enhet_faktum ADD COLUMN replaced_by BIGINT;                          -- the line that corrects this one
ALTER TABLE enhet_faktum ADD COLUMN replaced_why TEXT CHECK (length(replaced_why) <= 400);
ALTER TABLE enhet_faktum ADD COLUMN recorded_at BIGINT;                          -- microseconds UTC; NULL: before 0020
