-- expect 2: pair: a text for one engine needs its reason
-- query pair() -> rows(int id) @sqlite:
SELECT e.id FROM eier e;

-- query pair() -> rows(int id) @postgresql: x
SELECT e.id FROM eier e;
