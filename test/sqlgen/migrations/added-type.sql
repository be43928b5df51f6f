-- expect 2: eier.x: type 'INT' is none of
ALTER TABLE eier ADD COLUMN x INT;
