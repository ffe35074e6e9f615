-- GNOME Web's history: the same table names as Chromium's, and another meaning.
CREATE TABLE hosts(id INTEGER PRIMARY KEY, url LONGVARCAR, title LONGVARCAR);
CREATE TABLE urls(id INTEGER PRIMARY KEY, host INTEGER NOT NULL, url LONGVARCAR,
  title LONGVARCAR, visit_count INTEGER, typed_count INTEGER, last_visit_time INTEGER);
CREATE TABLE visits(id INTEGER PRIMARY KEY, url INTEGER NOT NULL, visit_time INTEGER NOT NULL,
  visit_type INTEGER NOT NULL, referring_visit INTEGER);
