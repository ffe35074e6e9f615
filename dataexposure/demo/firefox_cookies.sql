-- The cookies.sqlite of a Firefox, made up; values are never read.
PRAGMA user_version = 17;
CREATE TABLE moz_cookies (id INTEGER PRIMARY KEY, originAttributes TEXT NOT NULL DEFAULT '',
  name TEXT, value TEXT, host TEXT, path TEXT, expiry INTEGER, lastAccessed INTEGER,
  creationTime INTEGER, isSecure INTEGER, isHttpOnly INTEGER, inBrowserElement INTEGER DEFAULT 0,
  sameSite INTEGER DEFAULT 0, schemeMap INTEGER DEFAULT 0,
  isPartitionedAttributeSet INTEGER DEFAULT 0, updateTime INTEGER);

CREATE TEMP TABLE jar(host TEXT, attributes TEXT, name TEXT, made TEXT, used TEXT);
INSERT INTO jar VALUES
  ('.bokhylla.example', '', 'woocommerce_items_in_cart', '2026-09-12 19:00:00', '2026-09-12 19:12:00'),
  ('.bokhylla.example', '', '__stripe_mid', '2026-09-12 19:05:00', '2026-09-12 19:12:00'),
  ('.doubleclick.net', '^partitionKey=%28https%2Cbokhylla.example%29', 'IDE', '2026-09-12 18:50:02', '2026-09-12 19:12:00');
INSERT INTO moz_cookies(originAttributes, name, value, host, path, expiry, lastAccessed, creationTime,
    isSecure, isHttpOnly)
  SELECT attributes, name, '', host, '/', 1830000000000, strftime('%s', used) * 1000000,
    strftime('%s', made) * 1000000, 1, 0
  FROM jar;
DROP TABLE jar;
