-- expect 2: a migration creates, alters and drops
PRAGMA foreign_keys = OFF;
