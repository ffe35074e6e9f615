-- Firefox cookies, user_version 17, with every way to tell the site they are kept for.
PRAGMA user_version = 17;
CREATE TABLE moz_cookies(id INTEGER PRIMARY KEY, originAttributes TEXT NOT NULL DEFAULT '',
  name TEXT, value TEXT, host TEXT, path TEXT, expiry INTEGER, lastAccessed INTEGER,
  creationTime INTEGER, isSecure INTEGER, isHttpOnly INTEGER, inBrowserElement INTEGER DEFAULT 0,
  sameSite INTEGER DEFAULT 0, schemeMap INTEGER DEFAULT 0, isPartitionedAttributeSet INTEGER,
  updateTime INTEGER);
INSERT INTO moz_cookies(id, originAttributes, name, value, host, expiry, lastAccessed, creationTime)
VALUES
  (1, '', '_id', 'secret-value', '.ads.example', 1809251200000, 1709337600000000, 1709251200000000),
  (2, '^partitionKey=%28https%2Cshop.example%29', '_id', 'secret-value', 'ads.example', 0,
   1709251200000000, 1709251200000000),
  (3, '^userContextId=2&partitionKey=%28https%2Cwww.example.com%2C8443%2Cf%29', '_id',
   'secret-value', 'ads.example', 0, 1709251200000000, 1709251200000000),
  (4, '^firstPartyDomain=other.example', '_id', 'secret-value', 'ads.example', 0, 0, 0),
  (5, '^userContextId=2', '_id', 'secret-value', 'ads.example', 0, 0, 0),
  (6, '', NULL, 'secret-value', 'ads.example', 0, 0, 0);
