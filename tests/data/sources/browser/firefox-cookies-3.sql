-- Firefox cookies of 2008: no creation time, no attributes.
PRAGMA user_version = 2;
CREATE TABLE moz_cookies(id INTEGER PRIMARY KEY, name TEXT, value TEXT, host TEXT, path TEXT,
  expiry INTEGER, lastAccessed INTEGER, isSecure INTEGER, isHttpOnly INTEGER);
INSERT INTO moz_cookies VALUES
  (1306000000000000, 'basket', 'secret-value', 'shop.example', '/', 0, 1306022400000000, 0, 0);
