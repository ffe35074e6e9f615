-- Chromium cookies, version 5: values in plain text, the creation time is the key.
CREATE TABLE cookies(creation_utc INTEGER NOT NULL UNIQUE PRIMARY KEY, host_key TEXT NOT NULL,
  name TEXT NOT NULL, value TEXT NOT NULL, path TEXT NOT NULL, expires_utc INTEGER NOT NULL,
  secure INTEGER NOT NULL, httponly INTEGER NOT NULL, last_access_utc INTEGER NOT NULL,
  has_expires INTEGER DEFAULT 1, persistent INTEGER DEFAULT 1);
INSERT INTO cookies VALUES
  (12950409600000000, '.ads.example', '_id', 'secret-value', '/', 0, 0, 0, 12950496000000000, 1, 1),
  (12950409600000001, 'shop.example', 'basket', 'secret-value', '/', 0, 0, 0, 0, 1, 1);
