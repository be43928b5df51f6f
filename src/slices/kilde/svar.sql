-- svar.sql - one answer: its bytes, and what somebody has said of it.
-- SPDX-License-Identifier: EUPL-1.2

-- query kilde_accept_structure(int id, text structure) -> nothing
UPDATE kilde SET structure = :structure WHERE id = :id;

-- query kilde_answer_data(int kilde, int id) -> rows(int fetched_at, text state, text structure, blob? data)
SELECT s.fetched_at, s.state, s.structure, s.data FROM kilde_svar s WHERE s.kilde = :kilde AND s.id = :id;

-- query kilde_settle(int kilde, int id, text state) -> nothing
UPDATE kilde_svar SET state = :state WHERE kilde = :kilde AND id = :id;
