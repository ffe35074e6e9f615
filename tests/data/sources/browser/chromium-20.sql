-- Chromium schema 20 (2011): few columns, no from_visit chains worth following.
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
INSERT INTO meta VALUES('version', '20');
CREATE TABLE urls(id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR,
  visit_count INTEGER DEFAULT 0 NOT NULL, typed_count INTEGER DEFAULT 0 NOT NULL,
  last_visit_time INTEGER NOT NULL, hidden INTEGER DEFAULT 0 NOT NULL,
  favicon_id INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE visits(id INTEGER PRIMARY KEY, url INTEGER NOT NULL, visit_time INTEGER NOT NULL,
  from_visit INTEGER, transition INTEGER DEFAULT 0 NOT NULL, segment_id INTEGER,
  is_indexed BOOLEAN);
CREATE INDEX visits_url_index ON visits (url);
CREATE INDEX visits_from_index ON visits (from_visit);
CREATE INDEX visits_time_index ON visits (visit_time);
CREATE INDEX urls_url_index ON urls (url);
INSERT INTO urls(id, url, title, visit_count, last_visit_time) VALUES
  (1, 'http://shop.example/', 'A shop', 2, 12950496000000000),
  (2, 'http://ads.example/frame?slot=1', '', 2, 12950496000000000),
  (3, 'http://both.example/page', 'Opened and framed', 2, 12950496000000000);
-- 12950409600000000 is 2011-05-21, 12950496000000000 is 2011-05-22, both at midnight UTC.
INSERT INTO visits(id, url, visit_time, from_visit, transition) VALUES
  (1, 1, 12950409600000000, 0, 0x30000001),
  (2, 1, 12950496000000000, 1, 0x30000000),
  (3, 2, 12950409600000000, 0, 0x10000003),
  (4, 2, 12950496000000000, 0, 0x30000004),
  (5, 3, 12950409600000000, 0, 0x30000000),
  (6, 3, 12950496000000000, 0, 0x30000003);
