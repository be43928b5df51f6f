-- innhold.sql - frozen versions of reports.
-- SPDX-License-Identifier: EUPL-1.2

-- query versjon_last(int owner, int rapport) -> rows(int nr)
SELECT v.nr FROM rapport_versjon v WHERE v.owner = :owner AND v.rapport = :rapport ORDER BY v.nr DESC LIMIT 1;

-- query versjon_insert(int owner, int id, int rapport, int nr, text made_on, int made_at, text rules, text sha256, text open, text internal, text internal_sha256) -> nothing
INSERT INTO rapport_versjon (owner, id, rapport, nr, made_on, made_at, rules, sha256, open, internal,
                             internal_sha256)
VALUES (:owner, :id, :rapport, :nr, :made_on, :made_at, :rules, :sha256, :open, :internal,
        :internal_sha256);

-- query versjon_select(int owner, int id) -> rows(text sha256, text open, text internal, text internal_sha256)
SELECT v.sha256, v.open, v.internal, v.internal_sha256 FROM rapport_versjon v WHERE v.owner = :owner AND v.id = :id;
