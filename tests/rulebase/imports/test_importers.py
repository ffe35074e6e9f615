"""Each kind of list, from a made-up sample to what is kept of it."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.rulebase.imports import IMPORTERS, convert, importer, material, recognise
from dataexposure.rulebase.imports.gathering import host, literal_host, slug
from dataexposure.rulebase.imports.material import Material
from dataexposure.rulebase.lists import Copy, Entry, Measures
from tests.rulebase.imports import samples


def read(kind: str, members: dict[str, bytes] | None = None) -> Copy:
    return convert(Material(members or {"list": samples.ONE_FILE[kind]}), importer(kind))


def by_name(copy: Copy) -> dict[str, Entry]:
    return {entry.name: entry for entry in copy.entries}


@pytest.mark.parametrize("kind", samples.ONE_FILE)
def test_a_list_is_recognised_by_its_content(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "any-name.bin"
    path.write_bytes(samples.ONE_FILE[kind])
    found = recognise(Material.load(path))
    assert found is importer(kind)


@pytest.mark.parametrize("kind", samples.ONE_FILE)
def test_every_role_is_one_of_ours_and_every_key_is_used_once(
    kind: str, rulebase: Rulebase
) -> None:
    entries = read(kind).entries
    assert {role for entry in entries for role in entry.roles} <= set(rulebase.vocabulary.roles)
    assert len({entry.key for entry in entries}) == len(entries)


@pytest.mark.parametrize("one", IMPORTERS, ids=[one.KIND for one in IMPORTERS])
def test_every_role_that_a_list_could_give_is_one_of_ours(one: object, rulebase: Rulebase) -> None:
    assert set(getattr(one, "_ROLES", {}).values()) <= set(rulebase.vocabulary.roles)


def test_disconnect_joins_categories_and_leaves_unknown_ones_out() -> None:
    copy = read("disconnect")
    found = by_name(copy)
    assert found["Acme Ads"].roles == ("advertising", "analytics")
    assert found["Acme Ads"].domains == (
        "acme-ads.example",
        "cdn.acme.example",
        "stats.acme.example",
    )
    assert found["Flagged"].domains == ("flagged.example",)
    assert found["Files Only"].roles == ("content-delivery",)
    assert "Digger" not in found
    assert copy.left_out == 1


def test_duckduckgo_counts_tracker_domains_not_what_else_the_owner_has() -> None:
    copy = read("duckduckgo-tds")
    found = by_name(copy)
    assert found["Watcher"].domains == ("watcher.example",)
    assert found["Watcher"].roles == ("advertising", "session-replay")
    assert found["Watcher"].privacy == "https://watcher.example/privacy"
    assert found["Unsaid"].roles == ("analytics",)
    assert set(found) == {"Watcher", "Unsaid"}
    assert copy.left_out == 2


def test_ghostery_joins_patterns_and_drops_the_file_servers_of_who_does_more() -> None:
    copy = read("ghostery-trackerdb")
    north = by_name(copy)["North Media"]
    assert north.key == "north"
    assert north.domains == ("ads.north.example", "northads.example")
    assert north.roles == ("advertising",)
    assert north.country == "NO"
    assert by_name(copy)["Lonely Counter"].key == "lonely"
    assert copy.left_out == 1


def test_ghostery_reads_its_eno_files_from_an_archive_and_a_folder(tmp_path: Path) -> None:
    archive = tmp_path / "trackerdb.zip"
    archive.write_bytes(samples.zipped(samples.ENO))
    for name, content in samples.ENO.items():
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    for place in (archive, tmp_path / "folder"):
        loaded = Material.load(place)
        assert recognise(loaded).KIND == "ghostery-trackerdb"
        (north,) = convert(loaded, recognise(loaded)).entries
        assert north.name == "North Media"
        assert north.domains == ("ads.north.example", "northads.example")


def test_exodus_gives_plain_class_prefixes_and_hosts_only() -> None:
    copy = read("exodus")
    (meter,) = copy.entries
    assert meter.classes == ("com.pocketmeter.sdk", "com.pocketmeter.core")
    assert meter.domains == ("pocketmeter.example", "meter.example")
    assert meter.roles == ("app-sdk", "analytics")
    assert copy.left_out == 1


def test_webappanalyzer_gives_hosted_services_by_hosts_of_their_own() -> None:
    copy = read("webappanalyzer")
    found = by_name(copy)
    assert found["Chatty"].domains == ("chatty.example",)
    assert found["Chatty"].roles == ("customer-support",)
    assert found["Payer"].roles == ("payment-processor",)
    assert set(found) == {"Chatty", "Payer"}


def test_webappanalyzer_reads_one_file_for_each_letter(tmp_path: Path) -> None:
    path = tmp_path / "webappanalyzer.zip"
    letters = {
        "x-main/src/technologies/c.json": json.dumps({"Chatty": samples.WEBAPPANALYZER["Chatty"]}),
        "x-main/src/technologies/p.json": json.dumps({"Payer": samples.WEBAPPANALYZER["Payer"]}),
        "x-main/src/categories.json": "{}",
    }
    path.write_bytes(samples.zipped(letters))
    loaded = Material.load(path)
    assert recognise(loaded).KIND == "webappanalyzer"
    assert len(convert(loaded, recognise(loaded)).entries) == 2


def test_tcf_vendors_own_a_domain_only_when_page_and_disclosure_agree() -> None:
    copy = read("tcf-vendors")
    found = by_name(copy)
    assert found["Bidder Ltd"].domains == ("bidder.example",)
    assert found["Bidder Ltd"].roles == ("advertising", "analytics")
    assert found["Bidder Ltd"].privacy == "https://www.bidder.example/privacy"
    assert found["Hosted Elsewhere"].domains == ()
    assert set(found) == {"Bidder Ltd", "Hosted Elsewhere"}
    assert copy.date == "2026-09-24"


def test_tcf_vendors_on_one_domain_own_it_neither() -> None:
    both = {
        number: {
            "name": f"Vendor {number}",
            "purposes": [2],
            "policyUrl": "https://hosting.example/policy",
            "deviceStorageDisclosureUrl": "https://hosting.example/d.json",
        }
        for number in "12"
    }
    copy = read("tcf-vendors", {"x": samples.encoded({"vendorListVersion": 1, "vendors": both})})
    assert [entry.domains for entry in copy.entries] == [(), ()]


def test_easyprivacy_takes_plain_host_rules_only() -> None:
    copy = read("easyprivacy")
    assert [entry.key for entry in copy.entries] == [
        "counter.example",
        "pixel.example",
        "other.example",
        "stats.big.example",
    ]
    assert all(entry.domains == (entry.key,) for entry in copy.entries)
    assert copy.date == "2026-09-01"


def test_easyprivacy_does_not_blame_a_shop_for_a_name_that_leads_elsewhere() -> None:
    assert not any("someshop" in entry.key for entry in read("easyprivacy").entries)


def test_whotracksme_keeps_tracking_domains_and_all_frequencies(tmp_path: Path) -> None:
    for name, content in (
        ("domains.csv", samples.DOMAINS_CSV),
        ("sites_trackers.csv", samples.SITES_TRACKERS_CSV),
        ("trackers.csv", samples.TRACKERS_CSV),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
    loaded = Material.load(tmp_path)
    copy = convert(loaded, recognise(loaded))
    assert [entry.domains for entry in copy.entries] == [("tracky.example",)]
    assert copy.date == "2026-02"
    measures = msgspec.msgpack.decode(copy.measures, type=Measures)
    assert measures.sites["global"]["someshop.example"] == {"acme": 0.25}
    assert measures.sites["de"]["someshop.example"] == {"acme": 0.5}
    assert measures.trackers == {"global": {"acme": 0.07}}


def test_frequencies_alone_are_worth_keeping() -> None:
    assert read("whotracksme", {"x.csv": samples.SITES_TRACKERS_CSV.encode()}).entries == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"{}",
        b"[]",
        b"null",
        b"\x00\x01\x02",
        b"PK\x03\x04 not an archive",
        b'{"categories": []}',
        b"<!doctype html><html>404</html>",
        b"[" * 100_000,
        b'{"vendors": ' * 20_000,
    ],
)
def test_what_is_no_list_is_refused_in_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        recognise(Material.load(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", samples.ONE_FILE)
@pytest.mark.parametrize("other", samples.ONE_FILE)
def test_another_kind_than_said_is_refused_or_gives_nothing(kind: str, other: str) -> None:
    if kind != other:
        with pytest.raises(UsageError):
            convert(Material({"x": samples.ONE_FILE[other]}), importer(kind))


@pytest.mark.parametrize("kind", samples.ONE_FILE)
@given(cut=st.integers(0, 3000), noise=st.binary(max_size=40))
def test_damage_never_raises_anything_but_a_usage_error(kind: str, cut: int, noise: bytes) -> None:
    content = samples.ONE_FILE[kind]
    damaged = content[:cut] + noise + content[cut + len(noise) :]
    with contextlib.suppress(UsageError):
        convert(Material({"x": damaged}), importer(kind))


@given(noise=st.binary(max_size=300))
def test_no_bytes_make_recognising_fail(noise: bytes) -> None:
    for one in IMPORTERS:
        assert one.sniff(Material({"x": noise})) in (True, False)


def test_a_list_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(material, "LIMIT", 1_000_000)
    bomb = tmp_path / "bomb.zip"
    bomb.write_bytes(samples.zipped({"a.json": b"0" * 3_000_000}))
    (tmp_path / "big.json").write_bytes(b"0" * 1_000_001)
    for path in (bomb, tmp_path / "big.json"):
        with pytest.raises(UsageError, match="larger than"):
            Material.load(path)


def test_a_missing_file_and_a_damaged_archive_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        Material.load(tmp_path / "nowhere.json")
    whole = samples.zipped({"a.json": b"[1, 2, 3]" * 100})
    (tmp_path / "cut.zip").write_bytes(whole[:40] + b"\xff" * 8 + whole[48:])
    with pytest.raises(UsageError):
        Material.load(tmp_path / "cut.zip")


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text("{}", encoding="utf-8")
    inside = tmp_path / "list"
    inside.mkdir()
    try:
        (inside / "link.json").symlink_to(secret)
    except OSError:
        pytest.skip("no links on this system")
    with pytest.raises(UsageError, match="empty"):
        Material.load(inside)


def test_only_real_host_names_are_hosts() -> None:
    assert host("Ads.Example.COM.") == "ads.example.com"
    for wrong in (
        "",
        "localhost",
        "192.0.2.1",
        "co.uk",
        "com",
        "a b.example",
        "*.x.example",
        "::1",
    ):
        assert host(wrong) == ""


def test_a_pattern_is_a_host_only_when_it_says_no_more() -> None:
    assert literal_host(r"\.qa\.example\.com/") == "qa.example.com"
    assert literal_host(r"^https?://cdn\.example\.com") == "cdn.example.com"
    assert literal_host(r"cdn\.example\.com/\;version:\1") == "cdn.example.com"
    for wrong in (
        r"cdn\.example\.com/lib\.js",
        r"cdn.*\.com",
        r"(a|b)\.example\.com",
        "",
        r"\d\.com",
    ):
        assert literal_host(wrong) == ""


def test_keys_are_fit_for_ids() -> None:
    assert slug("Acme & Søn, Inc.") == "acme-søn-inc"
    assert slug("∅ ∅") == "unnamed"
    assert slug("a:b/c") == "a-b-c"
