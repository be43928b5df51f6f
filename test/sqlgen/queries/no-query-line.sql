-- expect 2: a statement without its query line
SELECT 1;
