-- katalog.sql - the catalogue of indicators and the breaks of their series.
-- SPDX-License-Identifier: EUPL-1.2

-- query indikator_rows() -> rows(text code, text theme, text source, text name_nb, text name_nn, text name_en, text unit, text direction, int decimals, real? scale_min, real? scale_max, text period_kind, text grade, text rule, text explain_nb, text explain_nn, text explain_en)
SELECT i.code, i.theme, i.source, i.name_nb, i.name_nn, i.name_en, i.unit, i.direction, i.decimals,
       i.scale_min, i.scale_max, i.period_kind, i.grade, i.rule, i.explain_nb, i.explain_nn, i.explain_en
  FROM indikator i ORDER BY i.sort, i.code;

-- query indikator_row(text code) -> rows(text code, text theme, text source, text name_nb, text name_nn, text name_en, text unit, text direction, int decimals, real? scale_min, real? scale_max, text period_kind, text grade, text rule, text explain_nb, text explain_nn, text explain_en)
SELECT i.code, i.theme, i.source, i.name_nb, i.name_nn, i.name_en, i.unit, i.direction, i.decimals,
       i.scale_min, i.scale_max, i.period_kind, i.grade, i.rule, i.explain_nb, i.explain_nn, i.explain_en
  FROM indikator i WHERE i.code = :code;

-- query indikator_breaks(text code) -> rows(text first_period, text text_nb, text text_nn, text text_en)
SELECT b.first_period, b.text_nb, b.text_nn, b.text_en FROM indikator_brudd b
 WHERE b.code = :code ORDER BY b.first_period;
