-- A cut-down copy: no meta, no keys, no transitions, numbers as text.
CREATE TABLE urls(id INTEGER, url VARCHAR(255), title LONGVARCHAR);
CREATE TABLE visits(visit_time VARCHAR(20), url VARCHAR(50), visit_duration INTEGER);
INSERT INTO urls VALUES(42, 'https://shop.example/', 'A shop'), (43, 'www.shop.example', '');
INSERT INTO visits VALUES('13353724800000000', '42', 1), ('13353724800000000', '43', 1);
