-- Safari History.db, user_version 13: seconds since 2001, redirects in both directions.
PRAGMA user_version = 13;
CREATE TABLE history_items(id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE,
  domain_expansion TEXT NULL, visit_count INTEGER NOT NULL, daily_visit_counts BLOB NOT NULL);
CREATE TABLE history_visits(id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL,
  visit_time REAL NOT NULL, title TEXT NULL, load_successful BOOLEAN NOT NULL DEFAULT 1,
  http_non_get BOOLEAN NOT NULL DEFAULT 0, synthesized BOOLEAN NOT NULL DEFAULT 0,
  redirect_source INTEGER NULL UNIQUE, redirect_destination INTEGER NULL UNIQUE);
CREATE INDEX history_visits__last_visit ON history_visits (history_item, visit_time DESC);
INSERT INTO history_items(id, url, visit_count, daily_visit_counts) VALUES
  (1, 'http://shop.example/', 1, X'00'), (2, 'https://shop.example/', 2, X'00'),
  (3, 'https://click.example/go', 1, X'00');
-- 730944000.0 is 2024-03-01, 731030400.0 is 2024-03-02, both at midnight UTC.
INSERT INTO history_visits(id, history_item, visit_time, redirect_source) VALUES
  (1, 1, 730944000.25, NULL), (2, 2, 730944000.5, 1),
  (3, 3, 731030400.0, NULL), (4, 2, 731030400.75, 3);
