-- etterfolge.sql - what municipalities were before. SPDX-License-Identifier: EUPL-1.2

-- query etterfolge_into(text code) -> rows(text old_code, text date, text kind)
SELECT e.old_code, e.date, e.kind FROM stat_enhet_endring e
 WHERE e.new_code = :code ORDER BY e.date DESC, e.old_code;

-- query etterfolge_out(text code) -> rows(text new_code, text date, text kind)
SELECT e.new_code, e.date, e.kind FROM stat_enhet_endring e
 WHERE e.old_code = :code ORDER BY e.date, e.new_code;
