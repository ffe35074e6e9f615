-- Chromium schema 70 (2026), with rows of every odd kind.
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
INSERT INTO meta VALUES('version', '70');
CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT, url LONGVARCHAR, title LONGVARCHAR,
  visit_count INTEGER DEFAULT 0 NOT NULL, typed_count INTEGER DEFAULT 0 NOT NULL,
  last_visit_time INTEGER NOT NULL, hidden INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE visits(id INTEGER PRIMARY KEY AUTOINCREMENT, url INTEGER NOT NULL,
  visit_time INTEGER NOT NULL, from_visit INTEGER, external_referrer_url TEXT,
  transition INTEGER DEFAULT 0 NOT NULL, segment_id INTEGER,
  visit_duration INTEGER DEFAULT 0 NOT NULL,
  incremented_omnibox_typed_score BOOLEAN DEFAULT FALSE NOT NULL, opener_visit INTEGER,
  originator_cache_guid TEXT, originator_visit_id INTEGER, originator_from_visit INTEGER,
  originator_opener_visit INTEGER, is_known_to_sync BOOLEAN DEFAULT FALSE NOT NULL,
  consider_for_ntp_most_visited BOOLEAN DEFAULT FALSE NOT NULL,
  visited_link_id INTEGER DEFAULT 0 NOT NULL, app_id TEXT);
CREATE INDEX visits_url_index ON visits (url);
CREATE INDEX visits_from_index ON visits (from_visit);
CREATE INDEX visits_time_index ON visits (visit_time);
CREATE INDEX urls_url_index ON urls (url);
INSERT INTO urls(id, url, visit_count, last_visit_time) VALUES
  (1, 'https://click.example/go?to=shop', 1, 13353724800000000),
  (2, 'http://shop.example/thanks?order=1&gclid=x', 1, 13353724800000000),
  (3, 'https://shop.example/thanks?order=1', 2, 13353811200000000),
  (4, 'chrome://settings/', 1, 13353724800000000),
  (5, 'file:///home/someone/list.html', 1, 13353724800000000),
  (6, NULL, 1, 13353724800000000),
  (7, 'https://undated.example/', 2, 13353724800000000),
  (8, 'https://unvisited.example/', 0, 0),
  (9, 'view-source:https://shop.example/', 1, 13353724800000000),
  (10, X'FF00', 1, 13353724800000000);
-- 13353724800000000 is 2024-03-01, 13353811200000000 is 2024-03-02, both at midnight UTC.
INSERT INTO visits(id, url, visit_time, from_visit, transition) VALUES
  (1, 1, 13353724800000000, 0, 0x10000001),
  (2, 2, 13353724800000001, 1, 0x80000001),   -- a redirect to another page
  (3, 3, 13353724800000002, 2, 0xA0000001),   -- a redirect that only took a parameter away
  (4, 3, 13353811200000000, 0, 0x30000008),
  (5, 4, 13353724800000000, 0, 0x30000001),
  (6, 5, 13353724800000000, 0, 0x30000001),
  (7, 6, 13353724800000000, 0, 0x30000001),
  (8, 7, 13353724800000000, 0, 0x30000001),
  (9, 7, 0, 0, 0x30000001),
  (10, 99, 13353724800000000, 0, 0x30000001),
  (11, 9, 13353724800000000, 0, 0x30000001),
  (12, 10, 13353724800000000, 0, 0x30000001);
