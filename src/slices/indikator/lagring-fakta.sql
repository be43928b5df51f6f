-- lagring-fakta.sql - facts about units that came by files.
-- SPDX-License-Identifier: EUPL-1.2

-- query fakta_known(int owner, int enhet) -> rows(text label, text at, text value)
SELECT f.label, f.at, f.value
  FROM datasett_faktum f JOIN datasett d ON d.owner = f.owner AND d.id = f.datasett
 WHERE f.owner = :owner AND f.enhet = :enhet AND d.undone_at IS NULL ORDER BY d.imported_at, d.id;

-- query fakta_insert(int owner, int datasett, int enhet, text label, text at, text value, int line, int faktum, text source) -> nothing
INSERT INTO datasett_faktum (owner, datasett, enhet, label, at, value, line, faktum, source)
VALUES (:owner, :datasett, :enhet, :label, :at, :value, :line, :faktum, :source);
