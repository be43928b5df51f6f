-- expect 3: what: a query is SELECT
-- query what() -> nothing
PRAGMA foreign_keys = OFF;
