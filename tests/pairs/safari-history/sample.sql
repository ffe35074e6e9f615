-- An order page in Safari; times are seconds since 2001.
CREATE TABLE history_items (id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE,
  domain_expansion TEXT, visit_count INTEGER NOT NULL);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY, history_item INTEGER NOT NULL,
  visit_time REAL NOT NULL, title TEXT, load_successful BOOLEAN NOT NULL DEFAULT 1,
  redirect_source INTEGER, redirect_destination INTEGER, origin INTEGER NOT NULL DEFAULT 0);
INSERT INTO history_items VALUES (1, 'https://shop.example/checkout/thank-you', '', 1);
INSERT INTO history_visits(id, history_item, visit_time) VALUES (1, 1, 810933000.0);
