-- expect 2: pair: has a text for one engine only
-- query pair() -> rows(int id) @sqlite: x
SELECT e.id FROM eier e;
