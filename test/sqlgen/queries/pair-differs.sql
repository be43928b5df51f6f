-- expect 5: pair: the two texts declare different shapes
-- query pair() -> rows(int id) @sqlite: x
SELECT e.id FROM eier e;

-- query pair() -> rows(text name) @postgresql: x
SELECT e.name FROM eier e;
