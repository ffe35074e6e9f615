from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataexposure.model import Locator, Observation
from dataexposure.sources.mail import letter, mime, orders
from tests.sources.mail.reading import Everything

_AT = Locator("message", "x.eml", "message:1")
_HTML = b"From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n"


def _read(raw: bytes) -> letter.Letter:
    return letter.read(raw, _AT, Everything())


def _mail(raw: bytes) -> Observation:
    return _read(raw).observations[0]


def _urls(raw: bytes, channel: str = "link") -> list[str]:
    return [row.facts["url"][0] for row in _read(raw).observations if row.channel == channel]


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (b"Shop <Orders@Shop.example>", "orders@shop.example"),
        (b"orders@shop.example (Shop)", "orders@shop.example"),
        (b'"x <bank@bank.example>" <a@shop.example>', "a@shop.example"),
        (b"=?utf-8?q?bank=40bank.example?= <a@shop.example>", "a@shop.example"),
        (b"=?utf-8?b?U2hvcCA8YUBzaG9wLmV4YW1wbGU+?=", "a@shop.example"),
        (b"L\xf8nn <a@shop.example>", "a@shop.example"),
        (b"a@x.example, b@y.example", "a@x.example"),
        (b"(" * 3000 + b"a@shop.example", "a@shop.example"),
    ],
)
def test_the_sender_is_the_address_and_not_the_name(value: bytes, address: str) -> None:
    assert _mail(b"From: " + value[-990:] + b"\n\n").facts["from"] == (address,)


@pytest.mark.parametrize("value", [b"", b"<>", b"nobody", b"$$$.$$$", b"undisclosed:;"])
def test_a_mail_without_a_sender_has_no_party(value: bytes) -> None:
    mail = _mail(b"Subject: x\nFrom: " + value + b"\n\n")
    assert (mail.party, "from" in mail.facts) == ("", False)


@pytest.mark.parametrize(
    ("headers", "day"),
    [
        (b"Date: Mon, 28 Oct 2019 23:30:00 -0400", dt.date(2019, 10, 29)),
        (b"Date: 28 Oct 2019 10:00 GMT", dt.date(2019, 10, 28)),
        (b"Date: x\nReceived: by c; Tue, 5 Nov 2019 01:00:00 +0300", dt.date(2019, 11, 4)),
        (b"Received: a; 5 Nov 2019 01:00:00 -0000\nReceived: b; 4 Nov 2019 01:00:00 -0000",
         dt.date(2019, 11, 5)),
        (b"Date: Mon, 28 Oct 1019 23:30:00 -0400", None),
        (b"Date: Mon, 31 Dec 9999 23:30:00 -2300", None),
        (b"Subject: x", None),
    ],
)  # fmt: skip
def test_the_day_is_that_of_the_date_or_of_the_newest_received(
    headers: bytes, day: dt.date | None
) -> None:
    mail = _mail(b"From: a@b.example\n" + headers + b"\n\n")
    assert (mail.first, mail.last) == (day, day)


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (b"=?UTF-8?B?0JfQsNC60LDQtw==?=", "Заказ"),
        (b"=?utf-8?B?0JfQsNC6?=\n =?utf-8?B?0LDQtw==?=", "Заказ"),
        (b"=?utf-8?B?0JfQsNC60LDQ?=\n =?utf-8?B?tw==?=", "Заказ"),
        (b"=?iso-8859-1?Q?p=E5_nett?= og mer", "på nett og mer"),
        (b"\n =?utf-8?Q?folded?=", "folded"),
        ("råtekst".encode(), "råtekst"),
        ("råtekst".encode("latin-1"), "råtekst"),
        (b"=?no-such-charset?Q?p=C3=A5?=", "på"),
        (b"=?utf-8?B?A?= x", "=?utf-8?B?A?= x"),
    ],
)
def test_subjects_are_decoded_however_they_are_written(raw: bytes, subject: str) -> None:
    facts = _mail(b"From: a@b.example\nSubject: " + raw + b"\n\n").facts
    assert facts["subject"] == (subject,)


@pytest.mark.parametrize(
    ("subject", "numbers"),
    [
        ("Your order #123-1234567-1234567 has shipped", ("123-1234567-1234567",)),
        ("Ordrebekreftelse: ordre nr. 100245", ("100245",)),
        ("Ordrenummer 4455667 er sendt", ("4455667",)),
        ("Comanda nr. 98765 a fost expediată", ("98765",)),
        ("Ваш заказ № 7654321 принят", ("7654321",)),
        ("Заказ 7654321", ("7654321",)),
        ("Ihre Bestellung 30-5", ()),
        ("Ihre Bestellung 302-5555", ("302-5555",)),
        ("Votre commande n° AB1234", ("AB1234",)),
        ("Tilausnumero: 10203040", ("10203040",)),
        ("Zamówienie nr 55/2024/7788", ("55/2024/7788",)),
        ("Shop #1001 confirmed", ("1001",)),
        ("Order 2024 catalogue", ()),
        ("Your order of 12.11.2024", ()),
        ("Your order 12.11.2024", ()),
        ("Party like it is #Summer2024", ()),
        ("Parcel 61290912345678912345 is out", ()),
        ("In order to win, reply", ()),
    ],
)
def test_an_order_number_is_taken_from_a_subject_only_after_a_word_or_mark(
    subject: str, numbers: tuple[str, ...]
) -> None:
    assert orders.from_subject(subject) == numbers


@pytest.mark.parametrize(
    ("script", "types", "numbers"),
    [
        ('{"@context":"http://schema.org","@type":"Order","orderNumber":12}', ("Order",), ("12",)),
        ('{"@context":"https://schema.org/","@type":["Order","Invoice"],"confirmationNumber":"A1"}',
         ("Order", "Invoice"), ("A1",)),
        ('[{"@context":"http://schema.org","@type":"ParcelDelivery",'
         '"partOfOrder":{"@type":"Order","orderNumber":"77"}}]', ("ParcelDelivery",), ("77",)),
        ('{"@type":"http://schema.org/FlightReservation","reservationNumber":"R"}',
         ("FlightReservation",), ("R",)),
        ('{"@context":"http://other.example","@type":"Order","orderNumber":"1"}', (), ()),
        ('{"@context":"http://schema.org","@type":"Order",', (), ()),
        ('{"@context":"http://schema.org","@type":7,"orderNumber":null}', (), ()),
        ("[" * 5000, (), ()),
    ],
)  # fmt: skip
def test_json_ld_gives_what_the_mail_is_about(
    script: str, types: tuple[str, ...], numbers: tuple[str, ...]
) -> None:
    assert orders.from_json(script) == (types, numbers)


@pytest.mark.parametrize(
    ("tag", "tiny"),
    [
        ('width="1" height="1"', True),
        ("width=0 height=2px", True),
        ('height="1"', True),
        ('style="width:1px;height:1px"', True),
        ('style="display:none" width="600"', True),
        ('style="VISIBILITY : hidden"', True),
        ('width="600" height="1"', False),
        ('width="1" height="40"', False),
        ('width="1%" height="1%"', False),
        ('style="max-width:1px" width="300"', False),
        ('style="line-height:0" height="30"', False),
        ('width="10" height="15"', False),
        ("", False),
    ],
)
def test_a_picture_is_tiny_when_nobody_can_see_it(tag: str, tiny: bool) -> None:
    raw = _HTML + f'<img {tag} src="https://p.example/o.gif">'.encode()
    image = _read(raw).observations[1]
    assert (image.facts.get("size") == ("tiny",)) is tiny


def test_addresses_are_read_as_a_browser_reads_them() -> None:
    raw = _HTML + (
        b'<a title="1 > 2" href=" https://a.example/?x=1&amp;y=2&copy=3\n ">a</a>'
        b"<A HREF=https://b.example/>b</A><a href='/c'>c</a><a href='mailto:x@y.example'>d</a>"
        b"<a href='https:&#47;&#47;c.example/'>e</a><!-- <a href='https://d.example/'> -->"
        b"<table background='https://e.example/bg.gif'></table>"
    )
    assert _urls(raw) == [
        "https://a.example/?x=1&y=2&copy=3",
        "https://b.example/",
        "https://c.example/",
    ]
    assert _urls(raw, "image") == ["https://e.example/bg.gif"]


def test_attachments_and_enclosed_messages_are_not_read() -> None:
    inner = EmailMessage()
    inner["From"] = "b@inner.example"
    inner.set_content("https://inner.example/")
    outer = EmailMessage()
    outer["From"] = "a@b.example"
    outer.set_content("https://outer.example/.")
    outer.add_attachment("https://attached.example/", filename="x.txt")
    outer.add_attachment(inner)
    assert _urls(outer.as_bytes()) == ["https://outer.example/"]


def test_a_body_whose_boundary_no_header_announces_is_divided_all_the_same() -> None:
    raw = (
        b"From: a@b.example\nSubject: x\n\n--=_p\nContent-Type: text/html\n"
        b"Content-Transfer-Encoding: quoted-printable\n\n<a href=3D'https://c.example/?a=\n=3D1'>\n--=_p--\n"
    )
    assert _urls(raw) == ["https://c.example/?a=1"]


@pytest.mark.parametrize("charset", ["utf-8", "x-none", "utf-7", "idna", "hex", "\x00", "utf-16"])
def test_no_charset_stops_the_reader(charset: str) -> None:
    raw = f'From: a@b.example\nContent-Type: text/plain; charset="{charset}"\n\n\xe5'.encode(
        "latin-1"
    )
    assert _read(raw).verdict == "read"


def test_deep_nesting_and_long_headers_are_bounded() -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
        for level in range(500)
    )
    assert _read(b"From: a@b.example\n" + nested).verdict == "read"
    mail = _mail(b"From: a@b.example\n" + b"X-Long: " + b"y" * 5_000_000 + b"\n\n")
    assert mail.facts["header"] == ("X-Long: " + "y" * 200,)
    many = b"".join(b"X-A%d: b\n" % number for number in range(5_000))
    assert len(_mail(b"From: a@b.example\n" + many + b"\n").facts["header"]) == 60


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=80)


@given(
    st.lists(st.tuples(st.booleans(), _TEXT), min_size=1, max_size=4),
    st.sampled_from(["base64", "quoted-printable", "8bit"]),
)
def test_texts_are_those_that_the_standard_library_finds(
    parts: list[tuple[bool, str]], encoding: str
) -> None:
    made = EmailMessage()
    made["From"] = "a@b.example"
    made.make_mixed()
    for html, text in parts:
        part = EmailMessage()
        part.set_content(text, subtype="html" if html else "plain", cte=encoding)
        made.attach(part)
    raw = made.as_bytes()
    found = [
        (part.html, part.content.rstrip("\n")) for part in mime.texts(raw, mime.header_block(raw))
    ]
    assert found == [(html, text.rstrip("\n")) for html, text in parts]


_PIECES = st.sampled_from(
    [b"From: a@b.example\n", b"Subject: =?utf-8?", b"Date: Mon, 28 Oct", b"\n\n", b"--b\n",
     b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: text/html; charset=",
     b"--b--", b"<a href=", b"https://x.example/", b"<img width=1 src=//", b"=3D", b"&#",
     b"Content-Transfer-Encoding: base64\n", b"<script type=application/ld+json>", b"<!--",
     b'{"@context":"schema.org","@graph":[', b"?=", b"<", b"\xff", b"(", b'"', b"utf-16\n",
     b"List-Unsubscribe: <mailto:", b"DKIM-Signature: d=", b"Message-ID: <", b"Received: ;"]
)  # fmt: skip


@given(st.lists(_PIECES | st.binary(max_size=12), max_size=30).map(b"".join))
def test_no_bytes_make_the_reader_fail(raw: bytes) -> None:
    for given_bytes in (raw, b"From: a@b.example\n" + raw):
        assert _read(given_bytes).verdict in ("read", "bad", "spam", "sent", "draft")
