-- lenket.sql - all the figures of one indicator and period that an owner's own hang together with.
-- SPDX-License-Identifier: EUPL-1.2

-- query lenket_own(int owner, text indikator, text period) -> rows(int enhet, real? value, int? n, real? denominator, text status)
SELECT v.enhet, v.value, v.n, v.denominator, v.status FROM verdi v
 WHERE v.owner = :owner AND v.indikator = :indikator AND v.period = :period AND v.current = 1 AND v.sex = 'alle'
 ORDER BY v.enhet;

-- query lenket_public(text municipality, text indikator, text period) -> rows(text code, int level, real? value, int? n, text status)
SELECT u.code, u.level, v.value, v.n, v.status
  FROM stat_verdi v JOIN stat_enhet u ON u.id = v.enhet
 WHERE v.indikator = :indikator AND v.period = :period AND v.current = 1 AND v.sex = 'alle'
   AND (u.code = :municipality
        OR (u.level = 4 AND EXISTS (SELECT 1 FROM stat_enhet_navn a
                                     WHERE a.enhet = u.id AND a.kommune = :municipality)))
 ORDER BY u.level, u.code;
