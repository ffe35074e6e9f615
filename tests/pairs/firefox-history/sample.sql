-- A payment page reached by a redirect; a bookmark that was never opened.
PRAGMA user_version = 86;
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR,
  rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0, last_visit_date INTEGER);
CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER,
  visit_date INTEGER, visit_type INTEGER, session INTEGER);
INSERT INTO moz_places VALUES
  (1, 'https://checkout.stripe.com/c/pay/cs_live_x', '', '', 1, 1789240200000000),
  (2, 'https://www.trumf.no/', '', '', 0, NULL);
INSERT INTO moz_historyvisits VALUES (1, 0, 1, 1789240200000000, 6, 0);
