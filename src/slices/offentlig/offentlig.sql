-- offentlig.sql - an owner's main goal and milestones.
-- SPDX-License-Identifier: EUPL-1.2

-- query offentlig_goal_select(int owner) -> rows(text goal, text source, text origin)
SELECT h.goal, h.source, h.origin FROM hovedmal h WHERE h.owner = :owner;

-- query offentlig_goal_upsert(int owner, text goal, text source, text origin) -> nothing
INSERT INTO hovedmal (owner, goal, source, origin) VALUES (:owner, :goal, :source, :origin)
    ON CONFLICT (owner) DO UPDATE SET goal = excluded.goal, source = excluded.source, origin = excluded.origin;

-- query offentlig_milestones_select(int owner) -> rows(int id, text at, text title, text text, text origin)
SELECT h.id, h.at, h.title, h.text, h.origin FROM historikk h WHERE h.owner = :owner ORDER BY h.id;

-- query offentlig_milestone_insert(int owner, int id, text at, text title, text text, text origin) -> nothing
INSERT INTO historikk (owner, id, at, title, text, origin) VALUES (:owner, :id, :at, :title, :text, :origin);
