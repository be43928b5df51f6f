-- moenster.sql - systems of linked figures: their patterns, what has been shown, and the proofs.
-- SPDX-License-Identifier: EUPL-1.2

-- query moenster_mark(int owner, text family, text period, int mark) -> nothing
INSERT INTO skjerming_system (owner, family, period, state, mark, rules, input, engine, method, n_cells, n_hidden,
                              n_protected, n_out, n_unsafe, narrowest, wholes, made_at)
VALUES (:owner, :family, :period, 'venter', :mark, '', '', '', '', 0, 0, 0, 0, 0, NULL, NULL, 0)
    ON CONFLICT (owner, family, period) DO UPDATE SET state = 'venter', mark = excluded.mark;

-- query moenster_know(int owner, text family, text period, int mark) -> nothing
INSERT INTO skjerming_system (owner, family, period, state, mark, rules, input, engine, method, n_cells, n_hidden,
                              n_protected, n_out, n_unsafe, narrowest, wholes, made_at)
VALUES (:owner, :family, :period, 'venter', :mark, '', '', '', '', 0, 0, 0, 0, 0, NULL, NULL, 0)
    ON CONFLICT (owner, family, period) DO NOTHING;

-- query moenster_mark_all(text family, text period, int mark) -> nothing
-- all owners: public statistics that are new are known to the readers of every owner's figures
UPDATE skjerming_system SET state = 'venter', mark = :mark WHERE family = :family AND period = :period;

-- query moenster_waiting(int owner, text rules) -> rows(text family, text period, int mark)
SELECT s.family, s.period, s.mark FROM skjerming_system s
 WHERE s.owner = :owner AND (s.state = 'venter' OR s.rules <> :rules)
 ORDER BY s.period DESC, s.family LIMIT 2000;

-- query moenster_all(int owner) -> rows(text family, text period, int mark)
SELECT s.family, s.period, s.mark FROM skjerming_system s WHERE s.owner = :owner ORDER BY s.period DESC, s.family;

-- query moenster_owners() -> rows(int owner)
-- all owners: whose patterns wait after public statistics have changed
SELECT s.owner FROM skjerming_system s WHERE s.state = 'venter' GROUP BY s.owner ORDER BY s.owner;

-- query moenster_systems(int owner, text first, text last, text from_period, text to_period) -> rows(text family, text period, text state, text rules)
SELECT s.family, s.period, s.state, s.rules FROM skjerming_system s
 WHERE s.owner = :owner AND s.family >= :first AND s.family <= :last
   AND s.period >= :from_period AND s.period <= :to_period;

-- query moenster_hidden(int owner, text first, text last, text from_period, text to_period) -> rows(text indikator, text period, int enhet)
SELECT h.indikator, h.period, h.enhet FROM skjerming_skjult h
 WHERE h.owner = :owner AND h.indikator >= :first AND h.indikator <= :last
   AND h.period >= :from_period AND h.period <= :to_period;

-- query moenster_out(int owner, text first, text last, text period) -> rows(text indikator, int enhet, real value)
SELECT u.indikator, u.enhet, u.value FROM skjerming_ute u
 WHERE u.owner = :owner AND u.indikator >= :first AND u.indikator <= :last AND u.period = :period
 ORDER BY u.indikator, u.enhet;

-- query moenster_mark_of(int owner, text family, text period) -> rows(int mark)
SELECT s.mark FROM skjerming_system s WHERE s.owner = :owner AND s.family = :family AND s.period = :period;

-- query moenster_forget(int owner, text family, text period) -> nothing
DELETE FROM skjerming_skjult WHERE owner = :owner AND family = :family AND period = :period;

-- query moenster_settle(int owner, text family, text period, int mark, text state, text rules, text input, text engine, text method, int n_cells, int n_hidden, int n_protected, int n_out, int n_unsafe, real? narrowest, int? wholes, int made_at) -> nothing
UPDATE skjerming_system
   SET state = :state, rules = :rules, input = :input, engine = :engine, method = :method, n_cells = :n_cells,
       n_hidden = :n_hidden, n_protected = :n_protected, n_out = :n_out, n_unsafe = :n_unsafe,
       narrowest = :narrowest, wholes = :wholes, made_at = :made_at
 WHERE owner = :owner AND family = :family AND period = :period AND mark = :mark;

-- query moenster_hide(int owner, text indikator, text period, int enhet, text family, text reason) -> nothing many
INSERT INTO skjerming_skjult (owner, indikator, period, enhet, family, reason)
VALUES (:owner, :indikator, :period, :enhet, :family, :reason);

-- query moenster_show(int owner, text indikator, text period, int enhet, real value, int first_at) -> nothing many
INSERT INTO skjerming_ute (owner, indikator, period, enhet, value, first_at)
VALUES (:owner, :indikator, :period, :enhet, :value, :first_at)
    ON CONFLICT (owner, indikator, period, enhet) DO UPDATE
   SET value = excluded.value, first_at = excluded.first_at WHERE skjerming_ute.value <> excluded.value;

-- query moenster_prove(int owner, int release, text family, text period) -> nothing
INSERT INTO skjerming_bevis (owner, release, family, period, state, rules, input, engine, n_hidden, n_protected,
                             n_out, n_unsafe, narrowest, wholes)
SELECT s.owner, :release, s.family, s.period, s.state, s.rules, s.input, s.engine, s.n_hidden, s.n_protected,
       s.n_out, s.n_unsafe, s.narrowest, s.wholes
  FROM skjerming_system s WHERE s.owner = :owner AND s.family = :family AND s.period = :period
    ON CONFLICT (owner, release, family, period) DO NOTHING;

-- query moenster_proof(int owner, int release) -> rows(int n, int n_safe, int n_hidden, int n_protected, int n_out, int n_unsafe, real? narrowest, int? wholes, text engine)
SELECT COUNT(*) AS n, COUNT(*) FILTER (WHERE b.state = 'trygg') AS n_safe, CAST(COALESCE(SUM(b.n_hidden), 0) AS BIGINT) AS n_hidden,
       CAST(COALESCE(SUM(b.n_protected), 0) AS BIGINT) AS n_protected, CAST(COALESCE(SUM(b.n_out), 0) AS BIGINT) AS n_out,
       CAST(COALESCE(SUM(b.n_unsafe), 0) AS BIGINT) AS n_unsafe, MIN(b.narrowest) AS narrowest, MIN(b.wholes) AS wholes,
       COALESCE(MAX(b.engine), '') AS engine
  FROM skjerming_bevis b WHERE b.owner = :owner AND b.release = :release;
