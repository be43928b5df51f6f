-- SPDX-License-Identifier: EUPL-1.2
-- query a() -> rows(int id); FROM basis is only a comment
SELECT t.basis FROM tower t, basis b WHERE t.name = 'FROM basis';
SELECT 1 FROM tower AS t JOIN
  basis ON true;
INSERT INTO basis (id) VALUES (1);
update Basis set id = 1;
update basis set id = 1;
WITH x AS (SELECT 1) SELECT * FROM x, tower;
DELETE FROM basis;
