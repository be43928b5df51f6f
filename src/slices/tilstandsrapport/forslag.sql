-- forslag.sql - lines of the minutes of a case, and case numbers.
-- SPDX-License-Identifier: EUPL-1.2

-- query forslag_select(int owner, int rapport) -> rows(int id, int step, int? event, int nr, text kind, text who, text party, text text, text stance, int? votes_for, int? votes_against, int casting_vote, int adopted, int left_chair)
SELECT p.id, p.step, p.event, p.nr, p.kind, p.who, p.party, p.text, p.stance, p.votes_for, p.votes_against,
       p.casting_vote, p.adopted, p.left_chair
  FROM rapport_protokoll p WHERE p.owner = :owner AND p.rapport = :rapport ORDER BY p.nr;

-- query forslag_insert(int owner, int id, int rapport, int step, text kind, text who, text party, text text, text stance, int? votes_for, int? votes_against, int casting_vote, int adopted, int left_chair, int recorded_at, int? recorded_by) -> nothing
-- Just the same once while the body has the case: a form sent twice.
INSERT INTO rapport_protokoll (owner, id, rapport, step, event, nr, kind, who, party, text, stance, votes_for,
                               votes_against, casting_vote, adopted, left_chair, recorded_at, recorded_by)
SELECT CAST(:owner AS BIGINT), CAST(:id AS BIGINT), CAST(:rapport AS BIGINT), CAST(:step AS BIGINT), NULL,
       COALESCE(MAX(p.nr), 0) + 1, CAST(:kind AS TEXT), CAST(:who AS TEXT), CAST(:party AS TEXT),
       CAST(:text AS TEXT), CAST(:stance AS TEXT), CAST(:votes_for AS BIGINT), CAST(:votes_against AS BIGINT),
       CAST(:casting_vote AS BIGINT), CAST(:adopted AS BIGINT), CAST(:left_chair AS BIGINT),
       CAST(:recorded_at AS BIGINT), CAST(:recorded_by AS BIGINT)
  FROM rapport_protokoll p WHERE p.owner = :owner AND p.rapport = :rapport
HAVING COUNT(CASE WHEN p.event IS NULL AND p.step = :step AND p.kind = :kind AND p.who = :who
                   AND p.party = :party AND p.text = :text AND p.stance = :stance
                   AND COALESCE(p.votes_for, -1) = COALESCE(CAST(:votes_for AS BIGINT), -1)
                   AND COALESCE(p.votes_against, -1) = COALESCE(CAST(:votes_against AS BIGINT), -1)
                   AND p.casting_vote = :casting_vote AND p.adopted = :adopted
                   AND p.left_chair = :left_chair THEN 1 END) = 0;

-- query forslag_update(int owner, int id, text who, text party, text text, text stance, int? votes_for, int? votes_against, int casting_vote, int adopted, int left_chair) -> nothing
UPDATE rapport_protokoll
   SET who = :who, party = :party, text = :text, stance = :stance, votes_for = :votes_for,
       votes_against = :votes_against, casting_vote = :casting_vote, adopted = :adopted, left_chair = :left_chair
 WHERE owner = :owner AND id = :id AND event IS NULL;

-- query forslag_delete(int owner, int id, int rapport) -> rows(int id)
DELETE FROM rapport_protokoll
 WHERE owner = :owner AND id = :id AND rapport = :rapport AND event IS NULL RETURNING id;

-- query forslag_attach(int owner, int rapport, int step, int event) -> nothing
UPDATE rapport_protokoll SET event = :event
 WHERE owner = :owner AND rapport = :rapport AND step = :step AND event IS NULL;

-- query forslag_release(int owner, int rapport, int event) -> nothing
UPDATE rapport_protokoll SET event = NULL WHERE owner = :owner AND rapport = :rapport AND event = :event;
