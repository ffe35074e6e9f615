-- Firefox places, user_version 86: redirects, a stripped duplicate, frames, a bookmark.
PRAGMA user_version = 86;
CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR,
  rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0 NOT NULL,
  typed INTEGER DEFAULT 0 NOT NULL, frecency INTEGER DEFAULT -1 NOT NULL,
  last_visit_date INTEGER, guid TEXT, url_hash INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER,
  visit_date INTEGER, visit_type INTEGER, session INTEGER, source INTEGER DEFAULT 0 NOT NULL,
  triggeringPlaceId INTEGER);
CREATE INDEX moz_historyvisits_placedateindex ON moz_historyvisits (place_id, visit_date);
CREATE INDEX moz_historyvisits_fromindex ON moz_historyvisits (from_visit);
CREATE INDEX moz_historyvisits_dateindex ON moz_historyvisits (visit_date);
INSERT INTO moz_places(id, url) VALUES
  (1, 'https://bookmarked.example/'),
  (2, 'place:sort=8&maxResults=10'),
  (3, 'https://click.example/track?u=1'),
  (4, 'https://shop.example/thanks?order=1&mc_eid=f00d'),
  (5, 'https://shop.example/thanks?order=1'),
  (6, 'https://shop.example/pay?step=1'),
  (7, 'https://shop.example/pay?step=2'),
  (8, 'https://ads.example/frame'),
  (9, 'about:config');
-- 1709251200000000 is 2024-03-01, 1709337600000000 is 2024-03-02, both at midnight UTC.
INSERT INTO moz_historyvisits(id, from_visit, place_id, visit_date, visit_type) VALUES
  (1, 0, 3, 1709251200000000, 1),
  (2, 1, 4, 1709251200000001, 6),   -- a redirect to another page
  (3, 2, 5, 1709251200000002, 5),   -- an add-on took a parameter away
  (4, 0, 6, 1709337600000000, 1),
  (5, 4, 7, 1709337600000001, 6),   -- the same path, and a parameter that was not there
  (6, 5, 8, 1709337600000002, 8),
  (7, 5, 8, 1709337600000003, 4),
  (8, 0, 9, 1709337600000004, 2);
