"""What is kept for the user, and how it joins our rules without mixing with them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.model import Locator, Observation
from dataexposure.pipeline import Prover
from dataexposure.rulebase import userdata
from dataexposure.rulebase.lists import Copy, Entry, Measures, Stored

AT = Locator("test", "sample")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(userdata.VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data"


def made(*entries: Entry, kind: str = "disconnect", date: str = "") -> Stored:
    return Stored(kind, "A List", "https://list.example", "L", "2026-11-21", Copy(entries, date))


def entry(key: str, *domains: str, classes: tuple[str, ...] = (), privacy: str = "") -> Entry:
    return Entry(key, key.title(), ("advertising",), domains, classes, privacy=privacy)


def test_nothing_imported_is_our_own_rule_base_itself(rulebase: Rulebase) -> None:
    assert userdata.kinds() == ()
    assert not any(org.origin for org in userdata.complete().organisations.values())
    assert userdata.merge(rulebase, ()) == rulebase


def test_a_list_is_kept_replaced_and_forgotten(data: Path) -> None:
    userdata.store(made(entry("one", "one.example")))
    userdata.store(made(entry("two", "two.example")))
    assert userdata.kinds() == ("disconnect",)
    assert userdata.load("disconnect").copy.entries[0].key == "two"
    assert [path.name for path in (data / "lists").iterdir()] == ["disconnect.list"]
    userdata.forget("disconnect")
    assert userdata.kinds() == ()
    with pytest.raises(UsageError, match="No list"):
        userdata.forget("disconnect")


def test_frequencies_come_back_as_they_were() -> None:
    measures = Measures(sites={"global": {"shop.example": {"acme": 0.25}}})
    raw = msgspec.msgpack.encode(measures)
    userdata.store(Stored("whotracksme", "n", "h", "l", "2026-11-21", Copy((), measures=raw)))
    assert userdata.measures(userdata.load("whotracksme")) == measures
    assert userdata.measures(made()) == Measures()


def test_a_damaged_copy_says_what_to_do(data: Path) -> None:
    userdata.store(made())
    (data / "lists" / "disconnect.list").write_bytes(b"dataexposure list 1\n\xc1")
    with pytest.raises(UsageError, match="import it again"):
        userdata.complete()


def test_an_imported_organisation_says_where_it_comes_from(rulebase: Rulebase) -> None:
    merged = userdata.merge(rulebase, [made(entry("acme", "ads.acme.example"))])
    acme = merged.organisations["disconnect:acme"]
    assert acme.origin == "disconnect"
    assert "A List" in acme.gap
    assert acme.sources["disconnect"].licence == "L"
    assert merged.domains["ads.acme.example"] == "disconnect:acme"
    assert merged.stamp == rulebase.stamp


def test_our_own_rules_come_first(rulebase: Rulebase) -> None:
    domain = next(iter(rulebase.domains))
    listed = entry("thief", domain, f"deep.{domain}", "thief.example")
    merged = userdata.merge(rulebase, [made(listed)])
    assert merged.domains[domain] == rulebase.domains[domain]
    assert f"deep.{domain}" not in merged.domains
    assert merged.organisations["disconnect:thief"].domains == ("thief.example",)
    assert all(merged.organisations[key] == org for key, org in rulebase.organisations.items())


def test_who_our_rules_know_entirely_is_not_there_twice(rulebase: Rulebase) -> None:
    domain = next(iter(rulebase.domains))
    merged = userdata.merge(rulebase, [made(entry("same", domain))])
    assert "disconnect:same" not in merged.organisations


def test_an_earlier_list_comes_before_a_later_one(rulebase: Rulebase) -> None:
    first = made(entry("named", "tracker.example"))
    second = made(entry("tracker.example", "x.tracker.example"), kind="easyprivacy")
    merged = userdata.merge(rulebase, [first, second])
    assert merged.contacted("x.tracker.example") == "disconnect:named"
    assert "easyprivacy:tracker.example" not in merged.organisations


def test_private_mailboxes_and_matched_hosts_stay_free(rulebase: Rulebase) -> None:
    mailbox = next(iter(sorted(rulebase.mailboxes - set(rulebase.domains))), "")
    if not mailbox:
        pytest.skip("an organisation of ours claims every mailbox domain")
    merged = userdata.merge(rulebase, [made(entry("post", mailbox, "post.example"))])
    assert mailbox not in merged.domains


def test_a_class_that_our_rules_know_in_part_is_left_to_them(rulebase: Rulebase) -> None:
    ours = next(
        name for signal in rulebase.signals for name in signal.match.get("class", ()) if signal.org
    )
    above = ours.rpartition(".")[0] or ours
    listed = entry("kit", classes=(ours, f"{ours}.inner", above, "com.made.up.kit"))
    merged = userdata.merge(rulebase, [made(listed, kind="exodus")])
    (added,) = (signal for signal in merged.signals if signal.org == "exodus:kit")
    assert added.match == {"class": ("com.made.up.kit",)}


def test_a_privacy_page_is_a_contact_only_with_a_date(rulebase: Rulebase) -> None:
    page = "https://acme.example/privacy"
    listed = entry("acme", "acme.example", privacy=page)
    undated = userdata.merge(rulebase, [made(listed)]).organisations["disconnect:acme"]
    assert undated.rights == ()
    assert page in undated.gap
    dated = userdata.merge(rulebase, [made(listed, date="2026-09-24")])
    (contact,) = dated.organisations["disconnect:acme"].rights
    assert (contact.kind, contact.value, contact.checked) == ("page", page, "2026-09-24")


def test_a_request_to_a_listed_host_names_the_organisation(rulebase: Rulebase) -> None:
    prover = Prover(userdata.merge(rulebase, [made(entry("acme", "acme.example"))]))
    url = "https://x.acme.example/collect"
    request = Observation("request", {"url": (url,)}, AT, party="someshop.example")
    assert ("disconnect:acme/contacted:contact", ()) in prover.fire(request, "")


def test_listed_code_in_an_app_names_the_organisation(rulebase: Rulebase) -> None:
    kit = entry("kit", classes=("com.made.up.kit",))
    prover = Prover(userdata.merge(rulebase, [made(kit, kind="exodus")]))
    code = Observation("sdk", {"class": ("com.made.up.kit.Inner",)}, AT, party="app.example")
    assert ("exodus:kit/code:sdk", ()) in prover.fire(code, "")


def test_a_list_does_not_keep_an_order_page_from_being_believed(rulebase: Rulebase) -> None:
    page = "https://bigshop.example/checkout/order-received/1001"
    visit = Observation("visit", {"url": (page,)}, AT)
    merged = userdata.merge(rulebase, [made(entry("big", "bigshop.example"))])
    assert Prover(merged).fire(visit, "") == Prover(rulebase).fire(visit, "") != ()


def test_mail_and_visits_are_not_explained_by_a_list(rulebase: Rulebase) -> None:
    prover = Prover(userdata.merge(rulebase, [made(entry("acme", "acme.example"))]))
    mail = Observation("mail", {"from": ("someone@acme.example",), "subject": ("Hello",)}, AT)
    assert prover.fire(mail, "") == ()
    visit = Observation("visit", {"url": ("https://acme.example/",)}, AT)
    assert prover.fire(visit, "") == ()


def test_a_listed_site_does_not_contact_itself(rulebase: Rulebase) -> None:
    prover = Prover(userdata.merge(rulebase, [made(entry("acme", "acme.example"))]))
    request = Observation(
        "request", {"url": ("https://cdn.acme.example/x.js",)}, AT, party="acme.example"
    )
    assert prover.fire(request, "") == ()


def test_an_own_address_sent_to_a_listed_host_names_the_organisation(rulebase: Rulebase) -> None:
    prover = Prover(userdata.merge(rulebase, [made(entry("acme", "acme.example"))]))
    url = "https://x.acme.example/c?e=anna%40example.com"
    request = Observation("request", {"url": (url,)}, AT, party="someshop.example")
    fired = {name for name, _ in prover.fire(request, "anna@example.com")}
    assert any(name.startswith("generic/own-address") for name in fired)
