-- 0072: the municipality's free income per inhabitant, from Statistics Norway's table 12134.
-- Source: Statistics Norway (SSB), table 12134, contents KOSAG110000, the whole municipal group.
-- SPDX-License-Identifier: EUPL-1.2
INSERT INTO indikator (code, sort, theme, source, name_nb, name_nn, name_en, unit, direction, decimals,
    scale_min, scale_max, period_kind, grade, rule, explain_nb, explain_nn, explain_en) VALUES
    ('KOSTRA.FRIE', 1500, 'ressurs', 'ssb_kostra', 'Frie inntekter per innbygger', 'Frie inntekter per innbyggjar', 'Free income per inhabitant', 'kroner', 'noytral', 0, 0, NULL, 'ar', '', 'apen',
     'Skatt og rammetilskudd som kommunen selv bestemmer over, delt på antall innbyggere. Tallet gjelder kommunekonsernet og er i løpende kroner, så en økning kan være prisvekst.',
     'Skatt og rammetilskot som kommunen sjølv rår over, delt på talet på innbyggjarar. Talet gjeld kommunekonsernet og er i løpande kroner, så ein auke kan vere prisvekst.',
     'Taxes and block grants that the municipality disposes of itself, divided by its inhabitants. It covers the whole municipal group in current kroner, so a rise may be inflation.');
