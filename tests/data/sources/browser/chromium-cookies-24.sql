-- Chromium cookies, version 24: encrypted values, partitioned cookies.
CREATE TABLE cookies(creation_utc INTEGER NOT NULL, host_key TEXT NOT NULL,
  top_frame_site_key TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  encrypted_value BLOB NOT NULL, path TEXT NOT NULL, expires_utc INTEGER NOT NULL,
  is_secure INTEGER NOT NULL, is_httponly INTEGER NOT NULL, last_access_utc INTEGER NOT NULL,
  has_expires INTEGER NOT NULL, is_persistent INTEGER NOT NULL, priority INTEGER NOT NULL,
  samesite INTEGER NOT NULL, source_scheme INTEGER NOT NULL, source_port INTEGER NOT NULL,
  last_update_utc INTEGER NOT NULL, source_type INTEGER NOT NULL,
  has_cross_site_ancestor INTEGER NOT NULL);
INSERT INTO cookies VALUES
  (13353724800000000, 'pay.example', 'https://shop.example', '_pay', '', X'763130', '/', 0, 1, 1,
   13353811200000000, 1, 1, 1, 0, 2, 443, 0, 0, 1),
  (13353724800000000, '.ads.example', '', '_id', '', X'763130', '/', 0, 1, 1,
   13353724800000000, 1, 1, 1, 0, 2, 443, 0, 0, 0),
  (13353724800000000, '', '', 'nameless', '', X'763130', '/', 0, 1, 1,
   13353724800000000, 1, 1, 1, 0, 2, 443, 0, 0, 0);
