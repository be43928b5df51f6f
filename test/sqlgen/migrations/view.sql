-- expect 2: a migration creates, alters and drops tables and indexes
CREATE VIEW v AS SELECT e.id FROM eier e;
