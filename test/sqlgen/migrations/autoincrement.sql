-- expect 2: autoincrement: ids come
CREATE TABLE note (id INTEGER PRIMARY KEY AUTOINCREMENT);
