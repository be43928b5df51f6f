-- behandling.sql - the six steps: what is planned, what happened, and what follows from it.
-- SPDX-License-Identifier: EUPL-1.2

-- query behandling_steps(int owner, int rapport) -> rows(int nr, int? organ, text planned)
SELECT s.nr, s.organ, s.planned FROM rapport_steg s
 WHERE s.owner = :owner AND s.rapport = :rapport ORDER BY s.nr;

-- query behandling_plan(int owner, int rapport, int nr, text planned) -> rows(int nr)
UPDATE rapport_steg SET planned = :planned
 WHERE owner = :owner AND rapport = :rapport AND nr = :nr RETURNING nr;

-- query behandling_events(int owner, int rapport) -> rows(int id, text action, int step, text from_state, text to_state, text happened_on, int recorded_at, int? recorded_by, text case_number, text decision, int? votes_for, int? votes_against, text note, int? version, int? withdrawn_at, int casting_vote, int unanimous, text archive_case, text journal_entry, text? seal)
SELECT h.id, h.action, h.step, h.from_state, h.to_state, h.happened_on, h.recorded_at, h.recorded_by,
       h.case_number, h.decision, h.votes_for, h.votes_against, h.note, h.version, h.withdrawn_at,
       h.casting_vote, h.unanimous, h.archive_case, h.journal_entry, h.seal
  FROM rapport_hendelse h WHERE h.owner = :owner AND h.rapport = :rapport ORDER BY h.recorded_at, h.id;

-- query behandling_event_insert(int owner, int id, int rapport, text action, int step, text from_state, text to_state, text happened_on, int recorded_at, int? recorded_by, text case_number, text decision, int? votes_for, int? votes_against, text note, int? version, int casting_vote, int unanimous, text archive_case, text journal_entry) -> nothing
INSERT INTO rapport_hendelse (owner, id, rapport, action, step, from_state, to_state, happened_on, recorded_at,
                              recorded_by, case_number, decision, votes_for, votes_against, note, version,
                              withdrawn_at, withdrawn_by, casting_vote, unanimous, archive_case, journal_entry)
VALUES (:owner, :id, :rapport, :action, :step, :from_state, :to_state, :happened_on, :recorded_at,
        :recorded_by, :case_number, :decision, :votes_for, :votes_against, :note, :version, NULL, NULL, :casting_vote,
        :unanimous, :archive_case, :journal_entry);

-- query behandling_event_seal(int owner, int id, text seal) -> nothing
UPDATE rapport_hendelse SET seal = :seal WHERE owner = :owner AND id = :id;

-- query behandling_event_withdraw(int owner, int id, int withdrawn_at, int? withdrawn_by) -> rows(int id)
UPDATE rapport_hendelse SET withdrawn_at = :withdrawn_at, withdrawn_by = :withdrawn_by
 WHERE owner = :owner AND id = :id AND withdrawn_at IS NULL RETURNING id;

-- query behandling_move(int owner, int id, text from_state, text to_state) -> rows(int id)
UPDATE rapport SET state = :to_state WHERE owner = :owner AND id = :id AND state = :from_state RETURNING id;

-- query behandling_freeze(int owner, int id, int? frozen) -> nothing
UPDATE rapport SET frozen = :frozen WHERE owner = :owner AND id = :id;

-- query behandling_publish(int owner, int id, int? published, text? published_on) -> nothing
UPDATE rapport SET published = :published, published_on = :published_on WHERE owner = :owner AND id = :id;

-- query behandling_lock(int owner, int id, text? locked) -> nothing
UPDATE rapport SET locked = :locked WHERE owner = :owner AND id = :id;
