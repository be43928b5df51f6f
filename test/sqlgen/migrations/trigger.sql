-- expect 2: a migration creates, alters and drops
CREATE TRIGGER t AFTER INSERT ON eier BEGIN DELETE FROM eier WHERE id = 0; END;
