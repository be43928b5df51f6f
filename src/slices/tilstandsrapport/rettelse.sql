-- rettelse.sql - corrections after publication, and the versions of a report.
-- SPDX-License-Identifier: EUPL-1.2

-- query rettelse_select(int owner, int rapport) -> rows(int id, int nr, text kind, text day, int kapittel, text title, text was, text is_now, int before, int version, int recorded_at, int? recorded_by)
SELECT r.id, r.nr, r.kind, r.day, r.kapittel, r.title, r.was, r.is_now, r.before, r.version, r.recorded_at,
       r.recorded_by
  FROM rapport_rettelse r WHERE r.owner = :owner AND r.rapport = :rapport ORDER BY r.nr;

-- query rettelse_insert(int owner, int id, int rapport, int nr, text kind, text day, int kapittel, text title, text was, text is_now, int before, int recorded_at, int? recorded_by) -> nothing
-- The version it leads to is made with the row in place, and named in it afterwards.
INSERT INTO rapport_rettelse (owner, id, rapport, nr, kind, day, kapittel, title, was, is_now, before, version,
                              recorded_at, recorded_by)
VALUES (:owner, :id, :rapport, :nr, :kind, :day, :kapittel, :title, :was, :is_now, :before, :before,
        :recorded_at, :recorded_by);

-- query rettelse_name(int owner, int id, int version) -> nothing
UPDATE rapport_rettelse SET version = :version WHERE owner = :owner AND id = :id;

-- query rettelse_publish(int owner, int id, int before, int version) -> rows(int id)
UPDATE rapport SET published = :version, frozen = :version
 WHERE owner = :owner AND id = :id AND published = :before RETURNING id;

-- query rettelse_chapter(int owner, int rapport, int nr, text body, text goals, text judgement, text measures, text no_measures, int changed_at, int? changed_by) -> nothing
UPDATE rapport_kapittel
   SET body = :body, goals = :goals, judgement = :judgement, measures = :measures, no_measures = :no_measures,
       version = version + 1, changed_at = :changed_at, changed_by = :changed_by
 WHERE owner = :owner AND rapport = :rapport AND nr = :nr;

-- query rettelse_event(int owner, int id, int rapport, int step, text state, text happened_on, int recorded_at, int? recorded_by, text note, int version) -> nothing
INSERT INTO rapport_hendelse (owner, id, rapport, action, step, from_state, to_state, happened_on, recorded_at,
                              recorded_by, case_number, decision, votes_for, votes_against, note, version,
                              withdrawn_at, withdrawn_by, casting_vote, unanimous, archive_case, journal_entry)
VALUES (:owner, :id, :rapport, 'rettelse', :step, :state, :state, :happened_on, :recorded_at, :recorded_by, '', '',
        NULL, NULL, :note, :version, NULL, NULL, 0, 0, '', '');

-- query rettelse_versions(int owner, int rapport) -> rows(int id, int nr, text made_on, text sha256)
SELECT v.id, v.nr, v.made_on, v.sha256 FROM rapport_versjon v
 WHERE v.owner = :owner AND v.rapport = :rapport ORDER BY v.nr;
