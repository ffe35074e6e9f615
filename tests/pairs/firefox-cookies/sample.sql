-- A tracker's cookie that the browser kept for one shop only.
PRAGMA user_version = 17;
CREATE TABLE moz_cookies (id INTEGER PRIMARY KEY, originAttributes TEXT NOT NULL DEFAULT '',
  name TEXT, value TEXT, host TEXT, path TEXT, expiry INTEGER, lastAccessed INTEGER,
  creationTime INTEGER, isSecure INTEGER, isHttpOnly INTEGER);
INSERT INTO moz_cookies VALUES
  (1, '^partitionKey=%28https%2Cshop.example%29', 'IDE', '', '.doubleclick.net', '/', 1830000000000,
   1789240200000000, 1789240200000000, 1, 0);
