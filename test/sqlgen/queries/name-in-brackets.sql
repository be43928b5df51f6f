-- expect 3: what: '[' is not of the engines' common SQL
-- query what() -> rows(int id)
SELECT e.[id] FROM eier e;
