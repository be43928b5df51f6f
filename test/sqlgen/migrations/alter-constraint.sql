-- expect 2: ALTER TABLE can only add a column
ALTER TABLE eier ADD CONSTRAINT c CHECK (id > 0);
