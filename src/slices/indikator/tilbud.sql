-- tilbud.sql - files that do not come from a person: which of them have been imported.
-- SPDX-License-Identifier: EUPL-1.2

-- query tilbud_dataset(text sha256) -> rows(int id, int? undone_at)
SELECT d.id, d.undone_at FROM stat_datasett d WHERE d.sha256 = :sha256;
