"""The long tail: the right owner for a domain, nobody twice, and no claim for a mere file."""

from __future__ import annotations

import pytest

from dataexposure.knowledge import Rulebase
from dataexposure.model import Locator, Observation
from dataexposure.pipeline import Prover
from dataexposure.rulebase.load import Loaded

OWNERS = {
    "gstatic.com": "google",
    "cloudflare.com": "cloudflare",
    "jquery.com": "openjs-foundation",
    "typekit.net": "adobe",
    "yandex.com": "yandex",
    "mail.ru": "vk",
    "vk.com": "vk",
    "vimeocdn.com": "vimeo",
    "tawk.to": "tawk-to",
    "cdn-cookieyes.com": "cookieyes",
    "website-files.com": "webflow",
    "daumcdn.net": "kakao",
    "openstreetmap.org": "openstreetmap-foundation",
    "hcaptcha.com": "hcaptcha",
    "eu-1-id5-sync.com": "id5",
    "btloader.com": "blockthrough",
}
SHARED = ("cloudfront.net", "unpkg.com", "jsdelivr.net", "digitaloceanspaces.com", "b-cdn.net")
FILES = (
    "https://fonts.gstatic.com/s/font.woff2",
    "https://fonts.googleapis.com/css?family=Roboto",
    "https://ajax.googleapis.com/ajax/libs/lib.js",
    "https://cdnjs.cloudflare.com/ajax/libs/lib.js",
    "https://use.typekit.net/abc.css",
)
FILE_HOSTS = ("jquery.com", "openstreetmap.org", "lencr.org", "digicert.com", "iconify.design")


def _directory_ids(loaded: Loaded) -> set[str]:
    return {
        identifier
        for document in loaded.documents
        if document.name.startswith("directory/")
        for identifier in document.mapping("organisations")
    }


def _bare(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


@pytest.mark.parametrize(("domain", "owner"), OWNERS.items(), ids=OWNERS)
def test_a_well_known_domain_has_its_owner(domain: str, owner: str, rulebase: Rulebase) -> None:
    assert rulebase.domains.get(domain) == owner


@pytest.mark.parametrize("domain", SHARED)
def test_a_host_of_many_customers_belongs_to_nobody(domain: str, rulebase: Rulebase) -> None:
    assert domain not in rulebase.domains


def test_no_directory_entry_repeats_an_organisation(loaded: Loaded) -> None:
    tail = _directory_ids(loaded)
    organisations = loaded.rulebase.organisations
    written = {_bare(org.name): org.id for org in organisations.values() if org.id not in tail}
    twice = {
        org.id: written[_bare(org.name)]
        for org in organisations.values()
        if org.id in tail and _bare(org.name) in written
    }
    assert tail
    assert twice == {}


def test_no_two_directory_entries_have_one_name(loaded: Loaded) -> None:
    names: dict[str, list[str]] = {}
    for identifier in sorted(_directory_ids(loaded)):
        name = _bare(loaded.rulebase.organisations[identifier].name)
        names.setdefault(name, []).append(identifier)
    assert {name: ids for name, ids in names.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("url", FILES)
def test_a_font_or_a_library_is_seen_only_as_a_file(url: str, rulebase: Rulebase) -> None:
    page = Observation("visit", {"url": ("https://shop.example/checkout",)}, Locator("t", "s"))
    request = Observation(
        "request", {"url": (url,)}, Locator("t", "s"), party="shop.example", context=page
    )
    events = {signal.rpartition(":")[2] for signal, _ in Prover(rulebase).fire(request, "")}
    assert events == {"asset"}


@pytest.mark.parametrize("domain", FILE_HOSTS)
def test_nothing_is_claimed_of_a_host_that_only_delivers(domain: str, rulebase: Rulebase) -> None:
    owner = rulebase.organisations[rulebase.domains[domain]]
    assert owner.roles
    assert all(rulebase.vocabulary.roles[role].silent for role in owner.roles)
