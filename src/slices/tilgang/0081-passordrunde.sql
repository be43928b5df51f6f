-- 0081: a sign-in knows which of a person's passwords it was let in by: each new one is a new round, and
-- sessions and half sign-ins of an older round open nothing.
-- SPDX-License-Identifier: EUPL-1.2
ALTER TABLE innlogging ADD COLUMN password_round BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sesjon ADD COLUMN password_round BIGINT NOT NULL DEFAULT 0;
ALTER TABLE innlogging_halv ADD COLUMN password_round BIGINT NOT NULL DEFAULT 0;
