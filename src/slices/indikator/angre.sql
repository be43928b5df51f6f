-- angre.sql - undoing a dataset and bringing it back: nothing is deleted, what is current is found anew.
-- SPDX-License-Identifier: EUPL-1.2

-- query angre_own_mark(int owner, int id, int? undone_at, int? undone_by) -> nothing
UPDATE datasett SET undone_at = :undone_at, undone_by = :undone_by WHERE owner = :owner AND id = :id;

-- query angre_public_mark(int id, int? undone_at) -> nothing
UPDATE stat_datasett SET undone_at = :undone_at WHERE id = :id;

-- query angre_own_count(int owner, int datasett) -> rows(int n)
SELECT COUNT(*) AS n FROM verdi v WHERE v.owner = :owner AND v.datasett = :datasett AND v.current = 1;

-- query angre_public_count(int datasett) -> rows(int n)
SELECT COUNT(*) AS n FROM stat_verdi v WHERE v.datasett = :datasett AND v.current = 1;

-- query angre_own_facts(int owner, int datasett) -> rows(int enhet, text label, text at, text value, text? source, int? faktum)
SELECT f.enhet, f.label, f.at, f.value, f.source, f.faktum FROM datasett_faktum f
 WHERE f.owner = :owner AND f.datasett = :datasett ORDER BY f.enhet, f.line;

-- query angre_own_fact_key(int owner, int datasett, int enhet, text label, text at, int? faktum) -> nothing
UPDATE datasett_faktum SET faktum = :faktum
 WHERE owner = :owner AND datasett = :datasett AND enhet = :enhet AND label = :label AND at = :at;

-- query angre_own_settle(int owner, int datasett) -> nothing
UPDATE verdi SET current = CASE WHEN datasett = (
         SELECT x.datasett FROM verdi x JOIN datasett d ON d.owner = x.owner AND d.id = x.datasett
          WHERE x.owner = verdi.owner AND x.enhet = verdi.enhet AND x.indikator = verdi.indikator
            AND x.period = verdi.period AND x.grade = verdi.grade AND x.sex = verdi.sex AND d.undone_at IS NULL
          ORDER BY d.imported_at DESC, d.id DESC LIMIT 1) THEN 1 ELSE 0 END
 WHERE owner = :owner
   AND (enhet, indikator, period, grade, sex) IN (
         SELECT y.enhet, y.indikator, y.period, y.grade, y.sex FROM verdi y
          WHERE y.owner = :owner AND y.datasett = :datasett);

-- query angre_public_settle(int datasett) -> nothing
UPDATE stat_verdi SET current = CASE WHEN datasett = (
         SELECT x.datasett FROM stat_verdi x JOIN stat_datasett d ON d.id = x.datasett
          WHERE x.enhet = stat_verdi.enhet AND x.indikator = stat_verdi.indikator
            AND x.period = stat_verdi.period AND x.grade = stat_verdi.grade AND x.sex = stat_verdi.sex
            AND d.undone_at IS NULL
          ORDER BY d.imported_at DESC, d.id DESC LIMIT 1) THEN 1 ELSE 0 END
 WHERE (enhet, indikator, period, grade, sex) IN (
         SELECT y.enhet, y.indikator, y.period, y.grade, y.sex FROM stat_verdi y WHERE y.datasett = :datasett);
