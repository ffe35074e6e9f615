-- The Cookies of a Chromium browser (schema 24), made up; values are never read.
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
INSERT INTO meta VALUES ('version', '24');
CREATE TABLE cookies(creation_utc INTEGER NOT NULL, host_key TEXT NOT NULL,
  top_frame_site_key TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  encrypted_value BLOB NOT NULL, path TEXT NOT NULL, expires_utc INTEGER NOT NULL,
  is_secure INTEGER NOT NULL, is_httponly INTEGER NOT NULL, last_access_utc INTEGER NOT NULL,
  has_expires INTEGER NOT NULL, is_persistent INTEGER NOT NULL, priority INTEGER NOT NULL,
  samesite INTEGER NOT NULL, source_scheme INTEGER NOT NULL, source_port INTEGER NOT NULL,
  last_update_utc INTEGER NOT NULL, source_type INTEGER NOT NULL,
  has_cross_site_ancestor INTEGER NOT NULL);

CREATE TEMP TABLE jar(host TEXT, site TEXT, name TEXT, made TEXT, used TEXT);
INSERT INTO jar VALUES
  ('.fjellutstyr.example', '', '_fbp', '2026-10-03 17:40:05', '2026-10-03 18:07:00'),
  ('.fjellutstyr.example', '', '_ga', '2026-10-03 17:40:05', '2026-10-03 18:07:00'),
  ('.fjellutstyr.example', '', '_shopify_y', '2026-10-03 17:40:05', '2026-10-03 18:07:00'),
  ('.fjellutstyr.example', '', 'session', '2026-10-03 17:40:05', '2026-10-03 18:07:00'),
  ('.doubleclick.net', '', 'IDE', '2026-03-10 08:00:00', '2026-10-02 07:10:02'),
  ('.criteo.com', 'https://fjellutstyr.example', 'uid', '2026-10-03 17:52:03', '2026-10-03 18:07:00'),
  ('m.stripe.com', '', 'm', '2026-09-12 19:11:00', '2026-09-12 19:11:00'),
  ('weather.example', '', 'city', '2026-01-05 07:00:00', '2026-10-02 06:58:00');
INSERT INTO cookies
  SELECT (strftime('%s', made) + 11644473600) * 1000000, host, site, name, '', x'', '/', 0, 1, 0,
    (strftime('%s', used) + 11644473600) * 1000000, 0, 1, 1, 0, 2, 443,
    (strftime('%s', used) + 11644473600) * 1000000, 0, site <> ''
  FROM jar;
DROP TABLE jar;
