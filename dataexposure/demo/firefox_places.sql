-- The places.sqlite of a Firefox, made up. Times are UTC.
PRAGMA user_version = 86;
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR,
  rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0 NOT NULL,
  typed INTEGER DEFAULT 0 NOT NULL, frecency INTEGER DEFAULT -1 NOT NULL, last_visit_date INTEGER,
  guid TEXT, foreign_count INTEGER DEFAULT 0 NOT NULL, url_hash INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER,
  visit_date INTEGER, visit_type INTEGER, session INTEGER);
CREATE INDEX moz_historyvisits_placedateindex ON moz_historyvisits (place_id, visit_date);

-- visit_type: 1 link, 2 typed, 6 temporary redirect
CREATE TEMP TABLE seen(url TEXT, at TEXT, visit_type INTEGER);
INSERT INTO seen VALUES
  ('https://bokhylla.example/', '2026-09-12 18:50:00', 2),
  ('https://bokhylla.example/kasse/', '2026-09-12 19:05:00', 1),
  ('https://checkout.stripe.com/c/pay/cs_live_a1b2c3example', '2026-09-12 19:10:00', 6),
  ('https://bokhylla.example/kasse/order-received/7731/?key=wc_order_example', '2026-09-12 19:12:00', 6),
  ('https://recipes.example/lapskaus', '2026-09-13 16:00:00', 1);

INSERT INTO moz_places(url, visit_count, last_visit_date)
  SELECT url, count(*), max(strftime('%s', at) * 1000000) FROM seen GROUP BY url ORDER BY min(rowid);
INSERT INTO moz_places(url, visit_count) VALUES ('https://bookmarked.example/never-opened', 0);
INSERT INTO moz_historyvisits(from_visit, place_id, visit_date, visit_type, session)
  SELECT 0, moz_places.id, strftime('%s', at) * 1000000, visit_type, 0
  FROM seen JOIN moz_places USING (url) ORDER BY seen.rowid;
DROP TABLE seen;
