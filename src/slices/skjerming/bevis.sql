-- bevis.sql - the proofs of frozen releases.
-- SPDX-License-Identifier: EUPL-1.2

-- query bevis_all(int owner) -> rows(int release, text family, text period, text state, text engine, int n_protected, int n_unsafe, real? narrowest, int? wholes)
SELECT b.release, b.family, b.period, b.state, b.engine, b.n_protected, b.n_unsafe, b.narrowest, b.wholes
  FROM skjerming_bevis b WHERE b.owner = :owner ORDER BY b.release, b.family, b.period;
