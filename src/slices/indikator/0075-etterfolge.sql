-- 0075: what a municipality was before is looked up by the new number.
-- SPDX-License-Identifier: EUPL-1.2
CREATE INDEX stat_enhet_endring_new ON stat_enhet_endring (new_code, date);
