-- Firefox on Android (Fenix), user_version 15: other columns, dates in milliseconds.
PRAGMA user_version = 15;
CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url LONGVARCHAR NOT NULL, title LONGVARCHAR,
  visit_count_local INTEGER NOT NULL DEFAULT 0, visit_count_remote INTEGER NOT NULL DEFAULT 0,
  hidden INTEGER DEFAULT 0 NOT NULL, last_visit_date_local INTEGER NOT NULL DEFAULT 0,
  last_visit_date_remote INTEGER NOT NULL DEFAULT 0, guid TEXT, url_hash INTEGER);
CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY, is_local INTEGER NOT NULL,
  from_visit INTEGER, place_id INTEGER NOT NULL, visit_date INTEGER NOT NULL,
  visit_type INTEGER NOT NULL);
INSERT INTO moz_places(id, url) VALUES(1, 'https://shop.example/'), (2, 'https://saved.example/');
INSERT INTO moz_historyvisits VALUES
  (1, 1, 0, 1, 1709251200000, 1),
  (2, 0, 0, 1, 1709337600000, 2);
