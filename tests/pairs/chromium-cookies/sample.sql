-- A vendor's cookie on a shop's own host, a partitioned one, and one of no interest.
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
CREATE TABLE cookies(creation_utc INTEGER NOT NULL, host_key TEXT NOT NULL,
  top_frame_site_key TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  encrypted_value BLOB NOT NULL, path TEXT NOT NULL, last_access_utc INTEGER NOT NULL);
INSERT INTO cookies VALUES
  (13434984420000000, '.shop.example', '', '_fbp', '', x'', '/', 13434984420000000),
  (13434984420000000, '.criteo.com', 'https://shop.example', 'uid', '', x'', '/', 13434984420000000),
  (13434984420000000, 'news.example', '', 'theme', '', x'', '/', 13434984420000000);
