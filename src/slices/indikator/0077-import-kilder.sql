-- 0077: indicators for what upper secondary schools are asked, for counts of GSI and BASIL, and for the
-- parts of bullying; how an owner's own tables are to be read; what was checked in what was imported.
-- Sources: Udir, the pupil survey and GSI; Udir's BASIL; the names are theirs.
-- SPDX-License-Identifier: EUPL-1.2

INSERT INTO indikator (code, sort, theme, source, name_nb, name_nn, name_en, unit, direction, decimals,
    scale_min, scale_max, period_kind, grade, rule, explain_nb, explain_nn, explain_en)
SELECT replace(i.code, '.10', '.VG1'), i.sort + 1, i.theme, i.source,
       replace(i.name_nb, '10. trinn', 'vg1'), replace(i.name_nn, '10. trinn', 'vg1'),
       replace(i.name_en, 'grade 10', 'upper secondary year 1'), i.unit, i.direction, i.decimals,
       i.scale_min, i.scale_max, i.period_kind, 'vg1', i.rule, i.explain_nb, i.explain_nn, i.explain_en
  FROM indikator i WHERE i.code LIKE 'EU.%' AND i.grade = '10';
INSERT INTO indikator_brudd (code, first_period, text_nb, text_nn, text_en)
SELECT replace(b.code, '.10', '.VG1'), b.first_period, b.text_nb, b.text_nn, b.text_en
  FROM indikator_brudd b WHERE b.code = 'EU.MOBB.10';

INSERT INTO indikator (code, sort, theme, source, name_nb, name_nn, name_en, unit, direction, decimals,
    scale_min, scale_max, period_kind, grade, rule, explain_nb, explain_nn, explain_en)
SELECT replace(i.code, '.10', '.VG2'), i.sort + 2, i.theme, i.source,
       replace(i.name_nb, '10. trinn', 'vg2'), replace(i.name_nn, '10. trinn', 'vg2'),
       replace(i.name_en, 'grade 10', 'upper secondary year 2'), i.unit, i.direction, i.decimals,
       i.scale_min, i.scale_max, i.period_kind, 'vg2', i.rule, i.explain_nb, i.explain_nn, i.explain_en
  FROM indikator i WHERE i.code LIKE 'EU.%' AND i.grade = '10';
INSERT INTO indikator_brudd (code, first_period, text_nb, text_nn, text_en)
SELECT replace(b.code, '.10', '.VG2'), b.first_period, b.text_nb, b.text_nn, b.text_en
  FROM indikator_brudd b WHERE b.code = 'EU.MOBB.10';

INSERT INTO indikator (code, sort, theme, source, name_nb, name_nn, name_en, unit, direction, decimals,
    scale_min, scale_max, period_kind, grade, rule, explain_nb, explain_nn, explain_en)
SELECT replace(i.code, '.10', '.VG3'), i.sort + 3, i.theme, i.source,
       replace(i.name_nb, '10. trinn', 'vg3'), replace(i.name_nn, '10. trinn', 'vg3'),
       replace(i.name_en, 'grade 10', 'upper secondary year 3'), i.unit, i.direction, i.decimals,
       i.scale_min, i.scale_max, i.period_kind, 'vg3', i.rule, i.explain_nb, i.explain_nn, i.explain_en
  FROM indikator i WHERE i.code LIKE 'EU.%' AND i.grade = '10';
INSERT INTO indikator_brudd (code, first_period, text_nb, text_nn, text_en)
SELECT replace(b.code, '.10', '.VG3'), b.first_period, b.text_nb, b.text_nn, b.text_en
  FROM indikator_brudd b WHERE b.code = 'EU.MOBB.10';

INSERT INTO indikator (code, sort, theme, source, name_nb, name_nn, name_en, unit, direction, decimals,
    scale_min, scale_max, period_kind, grade, rule, explain_nb, explain_nn, explain_en) VALUES
    ('EU.MOBB.ELEVER.7', 1600, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, 7. trinn: mobbet av andre elever', 'Elevundersøkinga, 7. trinn: mobba av andre elevar', 'Pupil survey, grade 7: bullied by other pupils', 'prosent', 'lav', 1, 0, 100, 'skolear', '7', 'eu_mobbing',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.VOKSNE.7', 1601, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, 7. trinn: mobbet av voksne på skolen', 'Elevundersøkinga, 7. trinn: mobba av vaksne på skulen', 'Pupil survey, grade 7: bullied by adults at school', 'prosent', 'lav', 1, 0, 100, 'skolear', '7', 'eu_mobbing',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.DIGITALT.7', 1602, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, 7. trinn: mobbet digitalt', 'Elevundersøkinga, 7. trinn: mobba digitalt', 'Pupil survey, grade 7: bullied digitally', 'prosent', 'lav', 1, 0, 100, 'skolear', '7', 'eu_mobbing',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.ELEVER.10', 1603, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, 10. trinn: mobbet av andre elever', 'Elevundersøkinga, 10. trinn: mobba av andre elevar', 'Pupil survey, grade 10: bullied by other pupils', 'prosent', 'lav', 1, 0, 100, 'skolear', '10', 'eu_mobbing',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.VOKSNE.10', 1604, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, 10. trinn: mobbet av voksne på skolen', 'Elevundersøkinga, 10. trinn: mobba av vaksne på skulen', 'Pupil survey, grade 10: bullied by adults at school', 'prosent', 'lav', 1, 0, 100, 'skolear', '10', 'eu_mobbing',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.DIGITALT.10', 1605, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, 10. trinn: mobbet digitalt', 'Elevundersøkinga, 10. trinn: mobba digitalt', 'Pupil survey, grade 10: bullied digitally', 'prosent', 'lav', 1, 0, 100, 'skolear', '10', 'eu_mobbing',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.VG', 1606, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, videregående: mobbet på skolen', 'Elevundersøkinga, vidaregåande: mobba på skulen', 'Pupil survey, upper secondary: bullied at school', 'prosent', 'lav', 1, 0, 100, 'skolear', '', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.ELEVER.VG', 1607, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, videregående: mobbet av andre elever', 'Elevundersøkinga, vidaregåande: mobba av andre elevar', 'Pupil survey, upper secondary: bullied by other pupils', 'prosent', 'lav', 1, 0, 100, 'skolear', '', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.VOKSNE.VG', 1608, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, videregående: mobbet av voksne på skolen', 'Elevundersøkinga, vidaregåande: mobba av vaksne på skulen', 'Pupil survey, upper secondary: bullied by adults at school', 'prosent', 'lav', 1, 0, 100, 'skolear', '', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.DIGITALT.VG', 1609, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, videregående: mobbet digitalt', 'Elevundersøkinga, vidaregåande: mobba digitalt', 'Pupil survey, upper secondary: bullied digitally', 'prosent', 'lav', 1, 0, 100, 'skolear', '', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.VG.STUD', 1610, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, studieforberedende: mobbet på skolen', 'Elevundersøkinga, studieførebuande: mobba på skulen', 'Pupil survey, upper secondary, general studies: bullied at school', 'prosent', 'lav', 1, 0, 100, 'skolear', '', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.ELEVER.VG.STUD', 1611, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, studieforberedende: mobbet av andre elever', 'Elevundersøkinga, studieførebuande: mobba av andre elevar', 'Pupil survey, upper secondary, general studies: bullied by other pupils', 'prosent', 'lav', 1, 0, 100, 'skolear', '', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.VOKSNE.VG.STUD', 1612, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, studieforberedende: mobbet av voksne på skolen', 'Elevundersøkinga, studieførebuande: mobba av vaksne på skulen', 'Pupil survey, upper secondary, general studies: bullied by adults at school', 'prosent', 'lav', 1, 0, 100, 'skolear', '', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.DIGITALT.VG.STUD', 1613, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, studieforberedende: mobbet digitalt', 'Elevundersøkinga, studieførebuande: mobba digitalt', 'Pupil survey, upper secondary, general studies: bullied digitally', 'prosent', 'lav', 1, 0, 100, 'skolear', '', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.VG.YRK', 1614, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, yrkesfag: mobbet på skolen', 'Elevundersøkinga, yrkesfag: mobba på skulen', 'Pupil survey, upper secondary, vocational: bullied at school', 'prosent', 'lav', 1, 0, 100, 'skolear', '', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.ELEVER.VG.YRK', 1615, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, yrkesfag: mobbet av andre elever', 'Elevundersøkinga, yrkesfag: mobba av andre elevar', 'Pupil survey, upper secondary, vocational: bullied by other pupils', 'prosent', 'lav', 1, 0, 100, 'skolear', '', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.VOKSNE.VG.YRK', 1616, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, yrkesfag: mobbet av voksne på skolen', 'Elevundersøkinga, yrkesfag: mobba av vaksne på skulen', 'Pupil survey, upper secondary, vocational: bullied by adults at school', 'prosent', 'lav', 1, 0, 100, 'skolear', '', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.DIGITALT.VG.YRK', 1617, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, yrkesfag: mobbet digitalt', 'Elevundersøkinga, yrkesfag: mobba digitalt', 'Pupil survey, upper secondary, vocational: bullied digitally', 'prosent', 'lav', 1, 0, 100, 'skolear', '', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.ELEVER.VG1', 1618, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, vg1: mobbet av andre elever', 'Elevundersøkinga, vg1: mobba av andre elevar', 'Pupil survey, upper secondary year 1: bullied by other pupils', 'prosent', 'lav', 1, 0, 100, 'skolear', 'vg1', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.VOKSNE.VG1', 1619, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, vg1: mobbet av voksne på skolen', 'Elevundersøkinga, vg1: mobba av vaksne på skulen', 'Pupil survey, upper secondary year 1: bullied by adults at school', 'prosent', 'lav', 1, 0, 100, 'skolear', 'vg1', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.DIGITALT.VG1', 1620, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, vg1: mobbet digitalt', 'Elevundersøkinga, vg1: mobba digitalt', 'Pupil survey, upper secondary year 1: bullied digitally', 'prosent', 'lav', 1, 0, 100, 'skolear', 'vg1', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.ELEVER.VG2', 1621, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, vg2: mobbet av andre elever', 'Elevundersøkinga, vg2: mobba av andre elevar', 'Pupil survey, upper secondary year 2: bullied by other pupils', 'prosent', 'lav', 1, 0, 100, 'skolear', 'vg2', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.VOKSNE.VG2', 1622, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, vg2: mobbet av voksne på skolen', 'Elevundersøkinga, vg2: mobba av vaksne på skulen', 'Pupil survey, upper secondary year 2: bullied by adults at school', 'prosent', 'lav', 1, 0, 100, 'skolear', 'vg2', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.DIGITALT.VG2', 1623, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, vg2: mobbet digitalt', 'Elevundersøkinga, vg2: mobba digitalt', 'Pupil survey, upper secondary year 2: bullied digitally', 'prosent', 'lav', 1, 0, 100, 'skolear', 'vg2', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.ELEVER.VG3', 1624, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, vg3: mobbet av andre elever', 'Elevundersøkinga, vg3: mobba av andre elevar', 'Pupil survey, upper secondary year 3: bullied by other pupils', 'prosent', 'lav', 1, 0, 100, 'skolear', 'vg3', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.VOKSNE.VG3', 1625, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, vg3: mobbet av voksne på skolen', 'Elevundersøkinga, vg3: mobba av vaksne på skulen', 'Pupil survey, upper secondary year 3: bullied by adults at school', 'prosent', 'lav', 1, 0, 100, 'skolear', 'vg3', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.MOBB.DIGITALT.VG3', 1626, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, vg3: mobbet digitalt', 'Elevundersøkinga, vg3: mobba digitalt', 'Pupil survey, upper secondary year 3: bullied digitally', 'prosent', 'lav', 1, 0, 100, 'skolear', 'vg3', 'eu_publisert',
     'Andelen elever som svarer at dette hender to eller tre ganger i måneden eller oftere. Udir skjermer små grupper før tallene blir gitt ut.',
     'Delen elevar som svarer at dette hender to eller tre gonger i månaden eller oftare. Udir skjermar små grupper før tala blir gitt ut.',
     'The share of pupils who say this happens two or three times a month or more often. Udir hides small groups before the figures are given out.'),
    ('EU.TRIVES.7', 1627, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, 7. trinn: trives godt eller svært godt', 'Elevundersøkinga, 7. trinn: trivst godt eller svært godt', 'Pupil survey, grade 7: well or very well at school', 'prosent', 'hoy', 1, 0, 100, 'skolear', '7', 'eu_indeks',
     'Andelen elever som svarer at de trives godt eller svært godt på skolen: de to beste svarene delt på alle svar.',
     'Delen elevar som svarer at dei trivst godt eller svært godt på skulen: dei to beste svara delte på alle svar.',
     'The share of pupils who say they are well or very well at school: the two best answers divided by all answers.'),
    ('EU.TRIVES.10', 1628, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, 10. trinn: trives godt eller svært godt', 'Elevundersøkinga, 10. trinn: trivst godt eller svært godt', 'Pupil survey, grade 10: well or very well at school', 'prosent', 'hoy', 1, 0, 100, 'skolear', '10', 'eu_indeks',
     'Andelen elever som svarer at de trives godt eller svært godt på skolen: de to beste svarene delt på alle svar.',
     'Delen elevar som svarer at dei trivst godt eller svært godt på skulen: dei to beste svara delte på alle svar.',
     'The share of pupils who say they are well or very well at school: the two best answers divided by all answers.'),
    ('EU.TRIVES.VG1', 1629, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, vg1: trives godt eller svært godt', 'Elevundersøkinga, vg1: trivst godt eller svært godt', 'Pupil survey, upper secondary year 1: well or very well at school', 'prosent', 'hoy', 1, 0, 100, 'skolear', 'vg1', 'eu_publisert',
     'Andelen elever som svarer at de trives godt eller svært godt på skolen: de to beste svarene delt på alle svar.',
     'Delen elevar som svarer at dei trivst godt eller svært godt på skulen: dei to beste svara delte på alle svar.',
     'The share of pupils who say they are well or very well at school: the two best answers divided by all answers.'),
    ('EU.TRIVES.VG2', 1630, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, vg2: trives godt eller svært godt', 'Elevundersøkinga, vg2: trivst godt eller svært godt', 'Pupil survey, upper secondary year 2: well or very well at school', 'prosent', 'hoy', 1, 0, 100, 'skolear', 'vg2', 'eu_publisert',
     'Andelen elever som svarer at de trives godt eller svært godt på skolen: de to beste svarene delt på alle svar.',
     'Delen elevar som svarer at dei trivst godt eller svært godt på skulen: dei to beste svara delte på alle svar.',
     'The share of pupils who say they are well or very well at school: the two best answers divided by all answers.'),
    ('EU.TRIVES.VG3', 1631, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, vg3: trives godt eller svært godt', 'Elevundersøkinga, vg3: trivst godt eller svært godt', 'Pupil survey, upper secondary year 3: well or very well at school', 'prosent', 'hoy', 1, 0, 100, 'skolear', 'vg3', 'eu_publisert',
     'Andelen elever som svarer at de trives godt eller svært godt på skolen: de to beste svarene delt på alle svar.',
     'Delen elevar som svarer at dei trivst godt eller svært godt på skulen: dei to beste svara delte på alle svar.',
     'The share of pupils who say they are well or very well at school: the two best answers divided by all answers.'),
    ('EU.TRIVES.VG', 1632, 'laringsmiljo', 'udir_eu', 'Elevundersøkelsen, videregående: trives godt eller svært godt', 'Elevundersøkinga, vidaregåande: trivst godt eller svært godt', 'Pupil survey, upper secondary: well or very well at school', 'prosent', 'hoy', 1, 0, 100, 'skolear', '', 'eu_publisert',
     'Andelen elever som svarer at de trives godt eller svært godt på skolen: de to beste svarene delt på alle svar.',
     'Delen elevar som svarer at dei trivst godt eller svært godt på skulen: dei to beste svara delte på alle svar.',
     'The share of pupils who say they are well or very well at school: the two best answers divided by all answers.'),
    ('GSI.FNORSK', 1633, 'ressurs', 'udir_gsi', 'Elever med forsterket opplæring i norsk', 'Elevar med forsterka opplæring i norsk', 'Pupils with intensified teaching of Norwegian', 'antall', 'noytral', 0, 0, NULL, 'skolear', '', 'gsi_antall',
     'Telt i GSI 1. oktober. Antall fra 1 til 5 skjermes.',
     'Talt i GSI 1. oktober. Tal frå 1 til 5 blir skjerma.',
     'Counted in GSI on 1 October. Counts of 1 to 5 are hidden.'),
    ('GSI.LEKSEHJELP', 1634, 'ressurs', 'udir_gsi', 'Elever som får leksehjelp', 'Elevar som får leksehjelp', 'Pupils who get help with homework', 'antall', 'noytral', 0, 0, NULL, 'skolear', '', 'gsi_antall',
     'Telt i GSI 1. oktober. Antall fra 1 til 5 skjermes.',
     'Talt i GSI 1. oktober. Tal frå 1 til 5 blir skjerma.',
     'Counted in GSI on 1 October. Counts of 1 to 5 are hidden.'),
    ('GSI.LARER_ARSVERK', 1635, 'ressurs', 'udir_gsi', 'Årsverk til undervisning', 'Årsverk til undervisning', 'Man-years of teaching', 'antall', 'hoy', 1, 0, NULL, 'skolear', '', 'apen',
     'Årsverk som går til undervisning, telt i GSI 1. oktober.',
     'Årsverk som går til undervisning, talde i GSI 1. oktober.',
     'Man-years that go to teaching, counted in GSI on 1 October.'),
    ('GSI.ASSISTENT_ARSVERK', 1636, 'ressurs', 'udir_gsi', 'Årsverk assistenter', 'Årsverk assistentar', 'Man-years of assistants', 'antall', 'noytral', 1, 0, NULL, 'skolear', '', 'apen',
     'Årsverk for assistenter i undervisningen, telt i GSI 1. oktober.',
     'Årsverk for assistentar i undervisninga, talde i GSI 1. oktober.',
     'Man-years of assistants in the teaching, counted in GSI on 1 October.'),
    ('GSI.GRP1', 1637, 'ressurs', 'udir_gsi', 'Gruppestørrelse 1', 'Gruppestorleik 1', 'Group size 1', 'forholdstall', 'lav', 1, 0, NULL, 'skolear', '', 'apen',
     'Elevtimer delt på alle lærertimer, også timene til individuelt tilrettelagt opplæring.',
     'Elevtimar delte på alle lærartimar, òg timane til individuelt tilrettelagd opplæring.',
     'Pupil hours divided by all teacher hours, those for individually adapted education too.'),
    ('GSI.ITO_TIMEANDEL', 1638, 'ressurs', 'udir_gsi', 'Lærertimer til individuelt tilrettelagt opplæring', 'Lærartimar til individuelt tilrettelagd opplæring', 'Teacher hours for individually adapted education', 'prosent', 'noytral', 1, 0, 100, 'skolear', '', 'apen',
     'Andelen av lærertimene som går til individuelt tilrettelagt opplæring.',
     'Delen av lærartimane som går til individuelt tilrettelagd opplæring.',
     'The share of teacher hours that goes to individually adapted education.'),
    ('BHG.PLASSER', 1639, 'barnehage', 'basil', 'Plasser i barnehagen', 'Plassar i barnehagen', 'Places in the kindergarten', 'antall', 'noytral', 0, 0, NULL, 'ar', '', 'apen',
     'Årsmeldingen fra barnehagen i BASIL, per 15. desember.',
     'Årsmeldinga frå barnehagen i BASIL, per 15. desember.',
     'The kindergarten’s annual report in BASIL, as of 15 December.'),
    ('BHG.ANSATTE', 1640, 'barnehage', 'basil', 'Ansatte i barnehagen', 'Tilsette i barnehagen', 'Employees in the kindergarten', 'antall', 'noytral', 0, 0, NULL, 'ar', '', 'apen',
     'Årsmeldingen fra barnehagen i BASIL, per 15. desember.',
     'Årsmeldinga frå barnehagen i BASIL, per 15. desember.',
     'The kindergarten’s annual report in BASIL, as of 15 December.'),
    ('BHG.ARSVERK', 1641, 'barnehage', 'basil', 'Årsverk i barnehagen', 'Årsverk i barnehagen', 'Man-years in the kindergarten', 'antall', 'noytral', 1, 0, NULL, 'ar', '', 'apen',
     'Årsmeldingen fra barnehagen i BASIL, per 15. desember.',
     'Årsmeldinga frå barnehagen i BASIL, per 15. desember.',
     'The kindergarten’s annual report in BASIL, as of 15 December.'),
    ('BHG.BARN_LARER', 1642, 'barnehage', 'basil', 'Barn per barnehagelærer', 'Barn per barnehagelærar', 'Children per kindergarten teacher', 'forholdstall', 'lav', 1, 0, NULL, 'ar', '', 'apen',
     'Pedagognormen er høyst 7 barn under tre år, eller 14 over, per pedagogisk leder.',
     'Pedagognorma er høgst 7 barn under tre år, eller 14 over, per pedagogisk leiar.',
     'The norm is at most 7 children under three, or 14 above, for each pedagogical leader.'),
    ('BHG.AREAL', 1643, 'barnehage', 'basil', 'Leke- og oppholdsareal per barn', 'Leike- og opphaldsareal per barn', 'Play area per child', 'forholdstall', 'hoy', 1, 0, NULL, 'ar', '', 'apen',
     'Kvadratmeter per barn. Veiledende norm er 4 for barn over tre år og 5,3 for yngre.',
     'Kvadratmeter per barn. Rettleiande norm er 4 for barn over tre år og 5,3 for yngre.',
     'Square metres per child. The guiding norm is 4 for children over three and 5.3 for younger ones.');


UPDATE indikator SET rule = 'eu_publisert' WHERE code IN ('EU.MOBB.VG1', 'EU.MOBB.VG2', 'EU.MOBB.VG3');

-- How a table that no parser knows is to be read, as somebody has said it once: by owner and headers.
CREATE TABLE import_kobling (
    owner     BIGINT NOT NULL REFERENCES eier (id),
    id        BIGINT NOT NULL,
    signature TEXT NOT NULL CHECK (length(signature) = 32), -- of the headers, indikator_table_signature
    title     TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    mapping   TEXT NOT NULL CHECK (length(mapping) BETWEEN 1 AND 20000), -- kobling.h
    person    BIGINT,
    saved_at  BIGINT NOT NULL,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, signature),
    FOREIGN KEY (owner, person) REFERENCES person (owner, id)
);

-- What was checked when a file was stored: how often, and how often it held. Public files and own ones.
CREATE TABLE datasett_kontroll (
    owner    BIGINT NOT NULL REFERENCES eier (id),
    datasett BIGINT NOT NULL,
    code     TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 30), -- kvalitet.h
    checked  BIGINT NOT NULL CHECK (checked >= 0),
    held     BIGINT NOT NULL CHECK (held BETWEEN 0 AND checked),
    PRIMARY KEY (owner, datasett, code),
    FOREIGN KEY (owner, datasett) REFERENCES datasett (owner, id)
);

-- Each that did not hold, the first of them: about whom, where it stands, and the two figures.
CREATE TABLE datasett_funn (
    owner     BIGINT NOT NULL REFERENCES eier (id),
    datasett  BIGINT NOT NULL,
    code      TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 30),
    place     BIGINT NOT NULL,                        -- among those of the check, from 1
    unit      TEXT NOT NULL,                          -- by name
    unit_code TEXT NOT NULL,
    indikator TEXT NOT NULL,                          -- "" when it is about none
    other     TEXT NOT NULL,                          -- another indicator it is held against; ""
    period    TEXT NOT NULL,
    expected  DOUBLE PRECISION,
    found     DOUBLE PRECISION,
    line      BIGINT NOT NULL,
    PRIMARY KEY (owner, datasett, code, place),
    FOREIGN KEY (owner, datasett) REFERENCES datasett (owner, id)
);

CREATE TABLE stat_datasett_kontroll (
    datasett BIGINT NOT NULL REFERENCES stat_datasett (id),
    code     TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 30),
    checked  BIGINT NOT NULL CHECK (checked >= 0),
    held     BIGINT NOT NULL CHECK (held BETWEEN 0 AND checked),
    PRIMARY KEY (datasett, code)
);

CREATE TABLE stat_datasett_funn (
    datasett  BIGINT NOT NULL REFERENCES stat_datasett (id),
    code      TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 30),
    place     BIGINT NOT NULL,
    unit      TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    indikator TEXT NOT NULL,
    other     TEXT NOT NULL,
    period    TEXT NOT NULL,
    expected  DOUBLE PRECISION,
    found     DOUBLE PRECISION,
    line      BIGINT NOT NULL,
    PRIMARY KEY (datasett, code, place)
);
