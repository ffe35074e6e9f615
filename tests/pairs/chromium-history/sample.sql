-- Two visits to an order page, one frame of an advertising company, one page of no interest.
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
CREATE TABLE urls(id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR,
  visit_count INTEGER DEFAULT 0 NOT NULL, typed_count INTEGER DEFAULT 0 NOT NULL,
  last_visit_time INTEGER NOT NULL, hidden INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE visits(id INTEGER PRIMARY KEY, url INTEGER NOT NULL, visit_time INTEGER NOT NULL,
  from_visit INTEGER, transition INTEGER DEFAULT 0 NOT NULL, segment_id INTEGER);
INSERT INTO urls VALUES
  (1, 'https://shop.example/kasse/order-received/42/?key=wc_order_x', '', 2, 0, 13434984420000000, 0),
  (2, 'https://googleads.g.doubleclick.net/pagead/ads?client=ca-pub-0', '', 1, 0, 13434984420000000, 1),
  (3, 'https://news.example/today', '', 1, 0, 13434984420000000, 0);
INSERT INTO visits VALUES
  (1, 1, 13434984420000000, 0, 0, 0), (2, 1, 13434984480000000, 0, 0, 0),
  (3, 2, 13434984420000000, 0, 3, 0), (4, 3, 13434984420000000, 0, 1, 0);
