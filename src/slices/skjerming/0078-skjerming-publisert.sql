-- 0078: shares that Udir publishes about upper secondary: it tells no size of the group, and has hidden the
-- small ones itself, so that no threshold of ours can be held against them.
-- SPDX-License-Identifier: EUPL-1.2
INSERT INTO skjerming_regel (kind, audience, valid_from, min_n, hide_low, hide_high, source) VALUES
    ('eu_publisert', 'offentlig', '2009-01-01', 0, 0, 0, 'Udir hides small groups itself before the figures are published'),
    ('eu_publisert', 'intern', '2009-01-01', 0, 0, 0, 'Udir hides small groups itself before the figures are published');
