-- nod.sql - break-glass: who read with whose eyes, when and why.
-- SPDX-License-Identifier: EUPL-1.2

-- query tilgang_nod_newest(int owner, int session) -> rows(int id, int expires_at)
-- (which is still on is for the caller to see: a question without the clock is one that can be kept)
SELECT n.id, n.expires_at FROM nodtilgang n
 WHERE n.owner = :owner AND n.session = :session AND n.ended_at IS NULL
 ORDER BY n.expires_at DESC LIMIT 1;

-- query tilgang_nod_session(int owner, int person, text token_hash) -> rows(int id)
SELECT s.id FROM sesjon s WHERE s.owner = :owner AND s.person = :person AND s.token_hash = :token_hash;

-- query tilgang_nod_insert(int owner, int id, int person, int session, text reason, int now, int expires_at) -> nothing
INSERT INTO nodtilgang (owner, id, person, session, reason, started_at, expires_at, ended_at)
VALUES (:owner, :id, :person, :session, :reason, :now, :expires_at, NULL);

-- query tilgang_nod_end(int owner, int person, int session, int now) -> rows(int id)
UPDATE nodtilgang SET ended_at = :now
 WHERE owner = :owner AND person = :person AND session = :session AND ended_at IS NULL AND expires_at > :now
 RETURNING id;

-- query tilgang_nod_list(int owner) -> rows(int id, int person, text reason, int started_at, int expires_at, int? ended_at)
SELECT n.id, n.person, n.reason, n.started_at, n.expires_at, n.ended_at
  FROM nodtilgang n WHERE n.owner = :owner ORDER BY n.started_at DESC LIMIT 200;

-- query tilgang_nod_one(int owner, int id) -> rows(int person, text reason, int started_at, int expires_at, int? ended_at)
SELECT n.person, n.reason, n.started_at, n.expires_at, n.ended_at FROM nodtilgang n WHERE n.owner = :owner AND n.id = :id;

-- query tilgang_nod_seen(int owner, int id) -> rows(int person, int seen_at)
SELECT s.person, s.seen_at FROM nodtilgang_sett s WHERE s.owner = :owner AND s.nodtilgang = :id ORDER BY s.seen_at LIMIT 50;

-- query tilgang_nod_see(int owner, int id, int person, int now) -> nothing
INSERT INTO nodtilgang_sett (owner, nodtilgang, person, seen_at) VALUES (:owner, :id, :person, :now)
ON CONFLICT (owner, nodtilgang, person) DO NOTHING;

-- query tilgang_nod_unseen(int owner, int person) -> rows(int id, int who, int started_at)
SELECT n.id, n.person AS who, n.started_at FROM nodtilgang n
 WHERE n.owner = :owner
   AND NOT EXISTS (SELECT 1 FROM nodtilgang_sett s
                    WHERE s.owner = n.owner AND s.nodtilgang = n.id AND s.person = :person)
 ORDER BY n.started_at LIMIT 20;
