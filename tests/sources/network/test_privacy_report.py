"""Reading an App Privacy Report."""

from __future__ import annotations

from pathlib import Path

from dataexposure.model import Coverage, Observation, Problem
from dataexposure.sources.inputs import InputFile
from dataexposure.sources.network import privacy_report

ROW = (
    '{"domain":"graph.facebook.com","firstTimeStamp":"2026-10-01T00:30:00+02:00",'
    '"timeStamp":"2026-10-04T20:00:00+02:00","hits":12,"bundleID":"com.example.shop"}\n'
)
MARK = '{"_marker":"<metadata>","recordType":"networkActivity"}\n'


class Everything:
    def url(self, url: str) -> bool:
        return bool(url)


def read(path: Path, text: str) -> list[Observation | Problem | Coverage]:
    path.write_text(text, encoding="utf-8")
    with InputFile(path, "report.ndjson") as file:
        assert privacy_report.sniff(file)
        return list(privacy_report.read(file, Everything()))


def test_each_contact_and_each_app_once(tmp_path: Path) -> None:
    items = read(tmp_path / "r", MARK + ROW + ROW)
    contacts = [item for item in items if isinstance(item, Observation) and item.channel == "dns"]
    apps = [item for item in items if isinstance(item, Observation) and item.channel == "app"]
    assert [contact.facts["host"] for contact in contacts] == [("graph.facebook.com",)] * 2
    assert contacts[0].count == 12
    assert str(contacts[0].first) == "2026-09-30", "dates are UTC"
    assert [app.facts["package"] for app in apps] == [("com.example.shop",)]


def test_a_bad_line_is_counted_and_reading_goes_on(tmp_path: Path) -> None:
    items = read(tmp_path / "r", MARK + "{broken\n" + ROW + '{"hits": "many", "domain": 5}\n')
    assert [item.count for item in items if isinstance(item, Problem)] == [2]
    assert [item.read for item in items if isinstance(item, Coverage)] == [1]


def test_a_real_report(corpus: Path) -> None:
    path = corpus / "ios/app_privacy_report_literals/App_Privacy_Report_v4_literals.ndjson"
    with InputFile(path, path.name) as file:
        assert privacy_report.sniff(file)
        items = list(privacy_report.read(file, Everything()))
    parties = [item.party for item in items if isinstance(item, Observation)]
    assert set(parties) == {"com.sonos.SonosController", "com.ss.iphone.ugc.Aweme"}


def test_other_json_lines_are_not_claimed(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text('{"url": "https://a.example", "domain": "a"}\n', encoding="utf-8")
    with InputFile(path, "x") as file:
        assert not privacy_report.sniff(file)


def test_a_line_that_is_no_text_or_nests_without_end_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "r"
    deep = b'{"x":' + b"[" * 30_000 + b"\n"
    path.write_bytes(ROW.encode() + ROW.encode().replace(b"graph", b"gr\xffph") + deep)
    with InputFile(path, "report.ndjson") as file:
        items = list(privacy_report.read(file, Everything()))
    assert [item.count for item in items if isinstance(item, Problem)] == [2]
    assert [item.read for item in items if isinstance(item, Coverage)] == [1]
