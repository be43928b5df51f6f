-- skjerming.sql - the rules in force, and the log of what they hid.
-- SPDX-License-Identifier: EUPL-1.2

-- query skjerming_rules(text today) -> rows(text kind, text audience, text valid_from, int min_n, int hide_low, int hide_high, text source)
SELECT r.kind, r.audience, r.valid_from, r.min_n, r.hide_low, r.hide_high, r.source
  FROM skjerming_regel r
 WHERE r.valid_from = (SELECT MAX(s.valid_from) FROM skjerming_regel s
                        WHERE s.kind = r.kind AND s.audience = r.audience AND s.valid_from <= :today)
 ORDER BY r.kind, r.audience;

-- query skjerming_log_insert(int owner, int id, int release, text audience, text cell, text rule, text reason, int made_at) -> nothing
INSERT INTO skjerming_logg (owner, id, release, audience, cell, rule, reason, made_at)
VALUES (:owner, :id, :release, :audience, :cell, :rule, :reason, :made_at);
