-- korreksjon.sql - parameters of SSB's corrected scale. SPDX-License-Identifier: EUPL-1.2

-- query korreksjon_list(text code) -> rows(text period, real mean_old, real sd_old, real mean_new, real sd_new)
SELECT period, mean_old, sd_old, mean_new, sd_new FROM indikator_korreksjon WHERE code = :code ORDER BY period;
