-- The History of a Chromium browser (schema 70), made up. Times are UTC.
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
INSERT INTO meta VALUES ('version', '70');
CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT, url LONGVARCHAR, title LONGVARCHAR,
  visit_count INTEGER DEFAULT 0 NOT NULL, typed_count INTEGER DEFAULT 0 NOT NULL,
  last_visit_time INTEGER NOT NULL, hidden INTEGER DEFAULT 0 NOT NULL);
CREATE INDEX urls_url_index ON urls (url);
CREATE TABLE visits(id INTEGER PRIMARY KEY AUTOINCREMENT, url INTEGER NOT NULL,
  visit_time INTEGER NOT NULL, from_visit INTEGER, external_referrer_url TEXT,
  transition INTEGER DEFAULT 0 NOT NULL, segment_id INTEGER,
  visit_duration INTEGER DEFAULT 0 NOT NULL);
CREATE INDEX visits_url_index ON visits (url);

-- transition: 0 link, 1 typed, 3 automatic sub-frame
CREATE TEMP TABLE seen(url TEXT, at TEXT, transition INTEGER);
INSERT INTO seen VALUES
  -- ordinary browsing, in which nothing is to be found
  ('https://weather.example/oslo', '2026-10-01 06:55:00', 1),
  ('https://weather.example/oslo', '2026-10-02 06:58:00', 1),
  ('https://news.example/politics/today', '2026-10-02 07:10:00', 0),
  -- a newsletter's link, counted by the mail platform, leads to a shop
  ('https://fjellutstyr.us12.list-manage.com/track/click?u=abcdef0123456789&id=0a1b2c3d4e&e=f00dcafe12', '2026-10-03 17:40:00', 0),
  ('https://www.fjellutstyr.example/?mc_cid=0a1b2c3d4e&mc_eid=f00dcafe12', '2026-10-03 17:40:01', 0),
  -- an advertisement is clicked
  ('https://www.fjellutstyr.example/products/telt?gclid=Cj0KCQexampleGCLID', '2026-10-03 17:52:00', 0),
  ('https://www.fjellutstyr.example/checkouts/cn/Z2NwLWV4YW1wbGU/information', '2026-10-03 18:02:00', 0),
  ('https://pay.klarna.com/na/hpp/payments/0b4d-example', '2026-10-03 18:05:00', 0),
  ('https://www.fjellutstyr.example/checkouts/cn/Z2NwLWV4YW1wbGU/thank-you', '2026-10-03 18:07:00', 0),
  -- a frame of an advertising company on a news page
  ('https://googleads.g.doubleclick.net/pagead/ads?client=ca-pub-0000000000000000', '2026-10-02 07:10:02', 3),
  -- visits to shops without a purchase
  ('https://www.zalando.no/sko/', '2026-09-20 19:30:00', 1),
  ('https://www.finn.no/', '2026-09-21 20:01:00', 1),
  -- an account page of a loyalty card
  ('https://www.trumf.no/profil', '2026-09-25 12:00:00', 1);

INSERT INTO urls(url, title, visit_count, last_visit_time)
  SELECT url, '', count(*), max((strftime('%s', at) + 11644473600) * 1000000)
  FROM seen GROUP BY url ORDER BY min(rowid);
INSERT INTO visits(url, visit_time, from_visit, transition)
  SELECT urls.id, (strftime('%s', at) + 11644473600) * 1000000, 0, transition
  FROM seen JOIN urls USING (url) ORDER BY seen.rowid;
DROP TABLE seen;
