"""Made-up exports in every format that is read, with a unique secret in every field.

A secret is a token that stands nowhere else. `Plant.name` gives tokens for what an unredacted
report is meant to name: files, the domains of shops, the ids of apps. All others are for
what no report may ever show.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import random
import shutil
import sqlite3
import string
import zipfile
from collections.abc import Callable, Iterable, Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

from dataexposure import demo

MOMENT = dt.datetime(2026, 5, 17, 10, tzinfo=dt.UTC)
UNIX = int(MOMENT.timestamp())


class Plant:
    """Makes secrets, each once, and remembers them."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.secrets: list[str] = []
        self.names: list[str] = []
        self.address = f"{self()}@{self()}.example"

    def _token(self) -> str:
        letters = "".join(self._random.choices(string.ascii_lowercase, k=9))
        return f"qz{letters}{self._random.randrange(10_000, 99_999)}x"

    def __call__(self) -> str:
        """Give a secret that nobody may ever see."""
        self.secrets.append(self._token())
        return self.secrets[-1]

    def name(self) -> str:
        """Give a secret that only an unredacted report names."""
        self.names.append(self._token())
        return self.names[-1]

    def order(self) -> str:
        """Give a secret order number: digits alone."""
        self.secrets.append(str(self._random.randrange(10**14, 10**15)))
        return self.secrets[-1]

    def shop(self) -> str:
        """Give the host of an unknown shop; its owner's part of it may be named."""
        return f"{self()}.{self.name()}.example"

    def app(self) -> str:
        """Give the id of an unknown app."""
        return f"com.{self.name()}.shop"

    def scrambled(self) -> str:
        """Give the fingerprint of the person's own address; it is a secret too."""
        self.secrets.append(hashlib.sha256(self.address.encode()).hexdigest())
        return self.secrets[-1]


def urls(plant: Plant) -> list[str]:
    """Give addresses of shops, trackers and payment pages, well and badly formed."""
    inner = quote(f"https://{plant.shop()}/checkout/order-received/{plant()}/?id={plant()}", "")
    return [
        f"https://{plant.shop()}/checkout/order-received/{plant.order()}/?key=wc_order_{plant()}",
        f"https://{plant()}:{plant()}@{plant.shop()}/checkout/order-received/{plant()}#{plant()}",
        f"https://{plant.shop()}/checkouts/cn/{plant()}/thank_you?email={plant()}%40{plant()}.example",
        f"https://{plant()}.myshopify.com/checkouts/{plant()}/thank_you?order={plant.order()}",
        f"https://{plant.shop()}/?gclid={plant()}&fbclid={plant()}&utm_campaign={plant()}",
        f"https://www.google.com/search?q={plant()}+{plant()}",
        f"https://checkout.stripe.com/c/pay/cs_live_{plant()}#{plant()}",
        f"https://www.paypal.com/checkoutnow?token={plant()}&custom={plant()}",
        f"https://{plant()}.list-manage.com/track/click?u={plant()}&id={plant()}&e={plant()}",
        f"https://l.facebook.com/l.php?u={inner}&h={plant()}",
        f"https://www.amazon.de/gp/buy/thankyou/handlers/display.html?orderId={plant.order()}",
        f"https://{plant.shop()}\\{plant()}/checkout/order-received/{plant()}/",
        f"https://{plant.shop()};{plant()}/checkout/order-received/{plant()}/",
        f"https://{plant.shop()} {plant()}/checkout/order-received/{plant()}/",
        f"https://{plant.shop()}%2F{plant()}/checkout/order-received/{plant()}/",
        f"https://{plant.shop()}&{plant()}.example/checkout/order-received/{plant()}/",
        f"https://[2001:db8::7]/checkout/order-received/{plant()}/",
        f"http://192.0.2.7:8080/{plant()}/checkout/order-received/{plant()}/",
        f"file:///home/{plant()}/{plant()}.html",
        f"https://{plant()}",
    ]


@contextlib.contextmanager
def _database(path: Path) -> Iterator[sqlite3.Connection]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as database:
        yield database
        database.commit()


def _fill(database: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    for row in rows:
        database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def chromium(plant: Plant, folder: Path) -> None:
    at = (UNIX + 11_644_473_600) * 1_000_000
    with _database(folder / plant.name() / "History") as database:
        database.executescript(
            "CREATE TABLE urls(id INTEGER PRIMARY KEY, url, title, visit_count, last_visit_time);"
            "CREATE TABLE visits(id INTEGER PRIMARY KEY, url, visit_time, from_visit, transition);"
            "CREATE TABLE keyword_search_terms(term);"
        )
        pages = urls(plant)
        _fill(database, "urls", ((n, u, plant(), 1, at) for n, u in enumerate(pages, 1)))
        _fill(database, "visits", ((n, n, at, 0, 1) for n in range(1, len(pages) + 1)))
        _fill(database, "keyword_search_terms", [(plant(),)])
    with _database(folder / plant.name() / "Cookies") as database:
        database.execute(
            "CREATE TABLE cookies(creation_utc, host_key, top_frame_site_key, name, value, path,"
            " last_access_utc)"
        )
        _fill(database, "cookies", ((at, *row, at) for row in cookies(plant)))


def cookies(plant: Plant) -> list[tuple[str, str, str, str, str]]:
    """Give host, site, name, value and path of cookies."""
    return [
        (f".{plant.shop()}", "", name, plant(), f"/{plant()}")
        for name in ("_fbp", "_shopify_y", "woocommerce_cart_hash", f"wordpress_{plant()}", plant())
    ] + [
        (".criteo.com", f"https://{plant.shop()}", "uid", plant(), f"/{plant()}"),
        (f"{plant()}.doubleclick.net", "", "IDE", plant(), "/"),
        (f"{plant.shop()}/{plant()}", "", "_fbp", plant(), "/"),
        (f"{plant.shop()} {plant()}", "", "_fbp", plant(), "/"),
        (".criteo.com", f"https://{plant.shop()}|{plant()}", "uid", plant(), "/"),
    ]


def firefox(plant: Plant, folder: Path) -> None:
    at = UNIX * 1_000_000
    with _database(folder / plant.name() / "places.sqlite") as database:
        database.executescript(
            "CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url, title, rev_host, visit_count);"
            "CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY, from_visit, place_id,"
            " visit_date, visit_type);"
        )
        pages = urls(plant)
        _fill(database, "moz_places", ((n, u, plant(), "", 1) for n, u in enumerate(pages, 1)))
        _fill(database, "moz_historyvisits", ((n, 0, n, at, 1) for n in range(1, len(pages) + 1)))
    with _database(folder / plant.name() / "cookies.sqlite") as database:
        database.execute(
            "CREATE TABLE moz_cookies(id INTEGER PRIMARY KEY, originAttributes, name, value, host,"
            " path, lastAccessed, creationTime)"
        )
        for number, (host, site, name, value, path) in enumerate(cookies(plant), 1):
            mark = f"^partitionKey={quote('(https,' + site[8:] + ')', '')}" if site else ""
            row = (number, mark, name, value, host, path, at, at)
            _fill(database, "moz_cookies", [row])


def safari(plant: Plant, folder: Path) -> None:
    with _database(folder / plant.name() / "History.db") as database:
        database.executescript(
            "CREATE TABLE history_items(id INTEGER PRIMARY KEY, url, domain_expansion);"
            "CREATE TABLE history_visits(id INTEGER PRIMARY KEY, history_item, visit_time, title,"
            " load_successful, redirect_source);"
        )
        pages = urls(plant)
        _fill(database, "history_items", ((n, u, plant()) for n, u in enumerate(pages, 1)))
        at = UNIX - 978_307_200.0
        visits = ((n, n, at, plant(), 1, None) for n in range(1, len(pages) + 1))
        _fill(database, "history_visits", visits)


def takeout(plant: Plant, folder: Path) -> None:
    entries = [
        {
            "url": url,
            "title": plant(),
            "time_usec": UNIX * 1_000_000,
            "page_transition": "LINK",
            "client_id": plant(),
            "favicon_url": f"https://{plant()}.example/{plant()}.ico",
        }
        for url in urls(plant)
    ]
    content = {"Browser History": entries, plant(): [plant()]}
    (folder / f"{plant.name()}.json").write_text(json.dumps(content), encoding="utf-8")


def message(plant: Plant, subject: str, sender: str) -> EmailMessage:
    """Give a mail with a secret in each header, link, picture, name and piece of mark-up."""
    mail = EmailMessage()
    mail["Return-Path"] = f"<{plant()}@{plant()}.bounces.example>"
    mail["Received"] = (
        f"from {plant()}.example by {plant()}.example; Sun, 17 May 2026 10:00:00 +0000"
    )
    mail["DKIM-Signature"] = f"v=1; a=rsa-sha256; d=sendgrid.net; s={plant()}; b={plant()}"
    mail["From"] = f'"{plant()} {plant()}" <{plant()}@{sender}>'
    mail["To"] = f'"{plant()}" <{plant.address}>'
    mail["Cc"] = f"{plant()}@{plant()}.example"
    mail["Subject"] = subject
    mail["Date"] = "Sun, 17 May 2026 10:00:00 +0000"
    mail["Message-ID"] = f"<{plant()}@{plant()}.amazonses.com>"
    mail["List-Id"] = f"{plant()} <{plant()}.{plant()}.example>"
    mail["List-Unsubscribe"] = f"<https://{plant()}.list-manage.com/unsubscribe?u={plant()}>"
    mail["X-SG-EID"] = plant()
    mail["X-Mailer"] = plant()
    mail[f"X-{plant()}"] = plant()
    mail["Feedback-ID"] = f"{plant()}:{plant()}"
    thing = {
        "@context": "https://schema.org",
        "@type": "Order",
        "orderNumber": plant.order(),
        "merchant": {"@type": "Organization", "name": plant()},
        "customer": {"@type": "Person", "name": plant(), "email": f"{plant()}@{plant()}.example"},
        "acceptedOffer": {"itemOffered": {"name": plant(), "sku": plant()}, "price": plant.order()},
        "orderStatus": f"https://schema.org/{plant()}",
        "@id": plant(),
    }
    links = "".join(f'<a title="{plant()}" href="{url}">{plant()}</a>' for url in urls(plant))
    mail.set_content(f"{plant()} https://{plant.shop()}/orders/{plant()}?order={plant.order()}\n")
    mail.add_alternative(
        f'<script type="application/ld+json">{json.dumps(thing)}</script>{links}<!-- {plant()} -->'
        f'<img alt="{plant()}" width=1 height=1'
        f' src="https://{plant()}.ct.sendgrid.net/wf/open?upn={plant()}">'
        f'<img width=1 height=1 src="https://www.facebook.com/tr?id={plant()}&ev=Purchase'
        f'&ud[em]={plant.scrambled()}">',
        subtype="html",
    )
    mail.add_attachment(
        plant().encode(), maintype="application", subtype="pdf", filename=f"{plant()}.pdf"
    )
    return mail


def letters(plant: Plant) -> list[bytes]:
    """Give mails with order numbers in subjects of several languages."""
    subjects = (
        f"Order confirmation #{plant.order()} for {plant()}",
        f"Takk for din bestilling {plant.order()}: {plant()}",
        f"Заказ № {plant.order()} оплачен, {plant()}",
        f"{plant()}: your parcel {plant.order()} is on its way",
        plant(),
    )
    senders = (plant.shop(), plant.shop(), plant.shop(), "dhl.de", f"{plant()}.amazon.de")
    return [
        bytes(message(plant, subject, sender))
        for subject, sender in zip(subjects, senders, strict=True)
    ]


def mail(plant: Plant, folder: Path) -> None:
    box = b"".join(b"From x Sun May 17 10:00:00 2026\n" + one + b"\n" for one in letters(plant))
    (folder / f"{plant.name()}.mbox").write_bytes(box)
    (folder / f"{plant.name()}.eml").write_bytes(letters(plant)[0])
    for part in ("cur", "new", "tmp"):
        (folder / "maildirs" / part).mkdir(parents=True)
    (folder / "maildirs" / "cur" / f"{plant()}:2,S").write_bytes(letters(plant)[1])


def _entry(plant: Plant, url: str, kind: str, referer: str, body: str = "") -> dict[str, object]:
    headers = {
        "Referer": referer,
        "Cookie": f"_fbp={plant()}; {plant()}={plant()}",
        "Authorization": f"Bearer {plant()}",
        f"X-{plant()}": plant(),
    }
    request: dict[str, object] = {
        "method": "POST" if body else "GET",
        "url": url,
        "headers": [{"name": name, "value": value} for name, value in headers.items()],
        "cookies": [{"name": plant(), "value": plant()}],
        "queryString": [{"name": plant(), "value": plant()}],
    }
    if body:
        request["postData"] = {"mimeType": "text/plain", "text": body, "comment": plant()}
    return {
        "startedDateTime": MOMENT.isoformat(),
        "pageref": "page_1",
        "_resourceType": kind,
        "serverIPAddress": plant(),
        "comment": plant(),
        "request": request,
        "response": {
            "status": 200,
            "headers": [{"name": "Set-Cookie", "value": f"{plant()}={plant()}; Path=/{plant()}"}],
            "cookies": [{"name": plant(), "value": plant(), "domain": f".{plant()}.example"}],
            "content": {"mimeType": "text/html", "text": f"<title>{plant()}</title>"},
        },
        "_webSocketMessages": [{"type": "send", "opcode": 1, "data": plant()}],
    }


def har(plant: Plant, folder: Path) -> None:
    page = f"https://{plant.shop()}/checkout/order-received/{plant.order()}/?key=wc_order_{plant()}"
    event = (
        f"en=purchase&ep.transaction_id={plant.order()}&epn.value={plant.order()}"
        f"&em={plant.scrambled()}&{plant()}={plant()}"
    )
    calls = [
        f"https://www.facebook.com/tr/?id={plant()}&ev=Purchase&dl={quote(page, '')}"
        f"&cd[order_id]={plant.order()}&cd[contents]={plant()}&udff[em]={plant.scrambled()}",
        f"https://region1.google-analytics.com/g/collect?v=2&tid={plant()}&{event}",
        f"https://{plant.shop()}/collect?email={quote(plant.address)}&order={plant.order()}",
        f"https://{plant.shop()}\\{plant()}/collect?email={quote(plant.address)}",
        f"https://{plant.shop()} {plant()}/collect?email={quote(plant.address)}",
        f"https://{plant()}.doubleclick.net/{plant()}?u={plant()}",
    ]
    entries = [_entry(plant, page, "document", f"https://{plant.shop()}/{plant()}")]
    entries += [_entry(plant, url, "image", page, plant()) for url in calls]
    entries += [_entry(plant, url, "document", url) for url in urls(plant)]
    log = {
        "creator": {"name": plant(), "version": plant()},
        "browser": {"name": plant(), "version": plant()},
        "comment": plant(),
        "pages": [{"id": "page_1", "title": f"{page}&{plant()}", "startedDateTime": ""}],
        "entries": entries,
    }
    content = json.dumps({"log": log})
    (folder / f"{plant.name()}.har").write_text(content, encoding="utf-8")


def phone(plant: Plant, folder: Path) -> None:
    known = ("com.facebook.katana", "com.amazon.mShop.android.shopping")
    apps = [*known, *(plant.app() for _ in range(3)), f"com.google.{plant.name()}"]
    listed = "".join(f"package:{app} installer=com.{plant()} uid:{plant.order()}\n" for app in apps)
    (folder / f"{plant.name()}.txt").write_text(listed, encoding="utf-8")
    rows = "".join(f"{app} 10 0 /data/{plant()} default:{plant()} none\n" for app in apps)
    (folder / f"{plant.name()}.list").write_text(rows, encoding="utf-8")
    blocks = "".join(
        f"  Package [{app}] (d64f8e0):\n    codePath=/data/app/{plant()}\n"
        f"    installerPackageName=com.{plant()}\n    firstInstallTime=2026-05-17 10:00:00\n"
        for app in apps
    )
    dump = f"Database versions:\n  Internal:\n    {plant()}=33\n\nPackages:\n{blocks}\n"
    (folder / f"{plant.name()}.dump").write_text(dump, encoding="utf-8")
    quick = [
        {
            "name": app,
            "files": [{"path": f"/{plant()}", "sha256": plant()}],
            "installer": f"com.{plant()}",
            "uid": 10_123,
            "third_party": True,
        }
        for app in apps
    ]
    (folder / f"{plant.name()}.json").write_text(json.dumps(quick), encoding="utf-8")


def privacy_report(plant: Plant, folder: Path) -> None:
    hosts = ("graph.facebook.com", f"{plant()}.criteo.com", plant.shop(), f"criteo.com/{plant()}")
    rows = [{"_marker": "<metadata>", "exportTimestamp": plant(), plant(): plant()}]
    rows += [
        {
            "domain": host,
            "bundleID": app,
            "context": plant(),
            "domainOwner": plant(),
            "timeStamp": MOMENT.isoformat(),
            "firstTimeStamp": MOMENT.isoformat(),
        }
        for host in hosts
        for app in (plant.app(), f"com.{plant()} {plant()}", f"{plant()}@{plant()}.example")
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / f"{plant.name()}.ndjson").write_text(text, encoding="utf-8")


def archives(plant: Plant, folder: Path) -> None:
    path = folder / f"{plant.name()}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.comment = plant().encode()
        archive.writestr(f"{plant.name()}/{plant.name()}.eml", letters(plant)[2])
        archive.writestr(f"../{plant.name()}/{plant.name()}.txt", plant())
        archive.writestr(f"{plant.name()}.bin", plant())
    with _built() as anna:
        shutil.copyfile(anna / "phone" / "example.fjellutstyr.apk", folder / f"{plant.app()}.apk")


@contextlib.contextmanager
def _built() -> Iterator[Path]:
    with demo.built() as anna:
        yield anna


FORMATS: tuple[Callable[[Plant, Path], None], ...] = (
    chromium,
    firefox,
    safari,
    takeout,
    mail,
    har,
    phone,
    privacy_report,
    archives,
)


def build(plant: Plant, folder: Path) -> None:
    """Plant every format in a folder that is made for it."""
    folder.mkdir()
    for plant_format in FORMATS:
        plant_format(plant, folder)
    (folder / f"{plant.name()}.html").write_text(f"<p>{plant()}</p>", encoding="utf-8")


def damage(whole: Path, folder: Path, seed: int) -> None:
    """Copy the files with some of them cut short, overwritten in places, or both."""
    chance = random.Random(seed)
    for path in sorted(whole.rglob("*")):
        if path.is_dir():
            (folder / path.relative_to(whole)).mkdir(parents=True, exist_ok=True)
            continue
        content = bytearray(path.read_bytes())
        if chance.random() < 0.6:
            del content[chance.randrange(len(content) // 3, len(content)) :]
        for _ in range(chance.randrange(0, 12)):
            content[chance.randrange(len(content))] = chance.choice(b'\x00\xff"}{\n')
        target = folder / path.relative_to(whole)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(bytes(content))
