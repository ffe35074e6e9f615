"""Letters: complete in every language, alike in what they ask, and sparing with data."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from itertools import product

import jinja2
import pytest
from jinja2 import meta

from dataexposure import law
from dataexposure.knowledge import Rulebase
from dataexposure.model import Holder, Report
from dataexposure.rights import letters
from dataexposure.rights.evidence import KINDS, Trace, trace
from dataexposure.rights.letters import FOLDER, LANGUAGES, RIGHTS, Address
from dataexposure.rights.steps import Given, given
from tests.conftest import TODAY
from tests.rights.conftest import claim, finding, holder, report

PLACES = {
    "gdpr": "DE",
    "norway": "NO",
    "romania": "RO",
    "uk": "GB",
    "california": "US-CA",
    "virginia": "US-VA",
    "colorado": "US-CO",
    "oregon": "US-OR",
    "russia": "RU",
    "brazil": "BR",
    "switzerland": "CH",
    "quebec": "CA-QC",
}
TRACE = Trace("purchase", "shop.example", 2026, 5)
TO = Address("Example AS", "privacy@shop.example")
GAP = re.compile(r"\[[^\]]+\]", re.DOTALL)
MONEY = re.compile(
    r"compensat|damages|erstatning|oppreisning|despăgub|daune|prejudici|компенсац|ущерб|убытк",
    re.IGNORECASE,
)


def usable(rulebase: Rulebase, right: str, place: str) -> Given | None:
    for kind in letters.kinds(right):
        if found := given(kind, rulebase.regimes, place, TODAY):
            return found
    return None


def every(rulebase: Rulebase) -> list[tuple[str, str, Given]]:
    return [
        (right, place, found)
        for right, place in product(RIGHTS, PLACES.values())
        if (found := usable(rulebase, right, place))
    ]


def placeholders(language: str, name: str) -> set[str]:
    source = (FOLDER / language / f"{name}.txt").read_text(encoding="utf-8")
    return meta.find_undeclared_variables(jinja2.Environment(autoescape=True).parse(source))


def test_every_language_has_every_letter_with_the_same_placeholders() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(LANGUAGES)
    for language in LANGUAGES:
        files = {path.name for path in (FOLDER / language).iterdir()}
        assert files == {f"{right}.txt" for right in RIGHTS} | {"letter.txt", "words.yaml"}
        for name in (*RIGHTS, "letter"):
            missing = placeholders("en", name) ^ placeholders(language, name)
            assert missing <= ({"family"} if name == "erase" else set()), (language, name)


def test_every_language_has_the_same_words() -> None:
    english = letters.phrases("en")
    for language in LANGUAGES:
        words = letters.phrases(language)
        for field in ("fill", "laws", "articles", "residency", "traces"):
            assert getattr(words, field).keys() == getattr(english, field).keys()
        for family, articles in words.articles.items():
            assert articles.keys() == english.articles[family].keys()
        assert set(words.traces) == set(KINDS)
        assert len(words.months) == len(words.months_of) == 12


def test_every_letter_can_be_written_in_every_language_with_the_same_gaps(
    rulebase: Rulebase,
) -> None:
    for right, place, found in every(rulebase):
        counts = set()
        for language in LANGUAGES:
            letter = letters.write(right, found, TRACE, TO, TODAY, language)
            counts.add(len(GAP.findall(letter.text)))
            assert letter.subject in letter.text
            assert "Example AS" in letter.text
            assert "shop.example" in letter.text
            for odd in ("{", "}", "None", "()", "  (", " ,", "\n\n\n", " ."):
                assert odd not in letter.text, (language, right, place, odd)
        assert len(counts) == 1, (right, place)


def test_a_letter_names_only_articles_that_the_rules_name(rulebase: Rulebase) -> None:
    for right, _place, found in every(rulebase):
        for language in LANGUAGES:
            words = letters.phrases(language)
            articles = words.articles.get(letters.family(found.law.id), {})
            if found.kind in articles:
                said = set(re.findall(r"\d+", articles[found.kind]))
                assert said <= set(re.findall(r"\d+", found.right.basis)), (right, language)


def test_a_letter_has_what_the_law_wants_in_it(rulebase: Rulebase) -> None:
    for right, place, found in every(rulebase):
        words = letters.phrases("en")
        text = " ".join(letters.write(right, found, TRACE, TO, TODAY, "en").text.split())
        parts = {
            "name": words.fill["name"],
            "contact": words.fill["contact"],
            "address": words.fill["address"],
            "identifier": words.fill["number"],
            "relation": words.fill["number"],
            "signature": words.fill["signature"],
            "operator": "To: Example AS",
            "scope": "under a pseudonym",
            "residency": "I am a resident of",
            "date": "21 November 2026",
            "reply-channel": "Please send your answer",
            "law": letters.cite(found, words),
        }
        for part in set(found.right.letter) - {"demand"}:
            assert parts[part] in text, (right, place, part)
        assert ("I am a resident" in text) == ("residency" in found.right.letter)


@pytest.mark.parametrize(
    ("place", "right", "language", "said"),
    [
        ("DE", "access", "en", "within one month of receipt at the latest (Article 12(3))"),
        ("NO", "access", "nb", "senest innen én måned"),
        ("RO", "erase", "ro", "în termen de o lună"),
        ("RU", "access", "ru", "в течение 10 рабочих дней"),
        ("RU", "withdraw", "ru", "в течение 30 дней"),
        ("RU", "erase", "ru", "без неоправданной задержки"),
        ("US-CA", "erase", "en", "gives you 45 days from receipt"),
        ("US-CA", "opt-out", "en", "gives you 15 business days from receipt"),
        ("BR", "access", "ro", "Termenul legal este de 15 zile"),
    ],
)
def test_the_deadline_in_the_letter(
    rulebase: Rulebase, place: str, right: str, language: str, said: str
) -> None:
    found = usable(rulebase, right, place)
    assert found is not None
    assert said in " ".join(letters.write(right, found, TRACE, TO, TODAY, language).text.split())


def test_letters_follow_the_law_where_they_differ(rulebase: Rulebase) -> None:
    def text(right: str, place: str) -> str:
        found = usable(rulebase, right, place)
        assert found is not None
        return " ".join(letters.write(right, found, TRACE, TO, TODAY, "en").text.split())

    assert "by name and not only by kind" in text("access", "NO")
    assert "by name where you can" in text("access", "GB")
    assert "that you have collected from me" in text("erase", "US-CA")
    assert "from me or from others" in text("erase", "US-VA")
    assert "no proof of identity for this request" in text("opt-out", "US-CA")
    assert "no proof of identity for this request" not in text("opt-out", "US-CO")
    assert "Article 21(5.1)" in text("object", "RU")


def test_no_letter_speaks_of_money() -> None:
    for path in sorted(FOLDER.rglob("*.*")):
        assert not MONEY.search(path.read_text(encoding="utf-8")), path.name


def letter_of(one: Holder, inputs: Report, rulebase: Rulebase, language: str = "en") -> str:
    reason = trace(one, inputs)
    found = usable(rulebase, "access", "NO")
    assert reason is not None
    assert found is not None
    return letters.write("access", found, reason, Address(one.name), TODAY, language).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_tells_party_and_month_and_nothing_more(rulebase: Rulebase, language: str) -> None:
    one = holder()
    plain = letter_of(one, report(one, findings=(finding(),)), rulebase, language)
    other = finding(
        evidence=(),
        count=99,
        first=dt.date(2026, 5, 2),
        last=dt.date(2026, 5, 30),
        occasions=(),
        data=("amount",),
        carried=("email",),
        signal="x/y:purchase",
    )
    more = finding(org="other", party="elsewhere.example")
    assert letter_of(one, report(one, findings=(other, more)), rulebase, language) == plain
    for secret in ("secret-inbox", "mbox", "message", "13", "@", "elsewhere", "99"):
        assert secret not in plain.replace("message to", ""), secret


def test_the_newest_finding_of_the_best_reason_is_the_one_referred_to() -> None:
    old, new = finding(last=dt.date(2025, 1, 1)), finding(last=dt.date(2026, 6, 1))
    weaker = finding(event="visit", channel="visit", last=dt.date(2026, 11, 1))
    one = holder(claims=(claim(0, 1), claim(2)))
    found = trace(one, report(one, findings=(old, new, weaker)))
    assert found == Trace("purchase", "shop.example", 2026, 6)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "purchase"),
        ({"event": "delivery"}, "delivery"),
        ({"event": "loyalty"}, "account"),
        ({"event": "mailed"}, "mail"),
        ({"event": "sent-through"}, "mail"),
        ({"channel": "visit", "event": "ad-click"}, "click"),
        ({"channel": "visit", "event": "visit"}, "visit"),
        ({"channel": "request", "event": "purchase"}, "contact"),
        ({"channel": "dns", "event": "contact"}, "contact"),
        ({"channel": "cookie", "event": "cookie"}, "cookie"),
        ({"channel": "image", "event": "open"}, "mail"),
        ({"channel": "app", "event": "installed"}, "app"),
        ({"channel": "sdk", "event": "sdk"}, "sdk"),
        ({"holder": "site:shop.example"}, "export"),
    ],
)
def test_what_connects_holder_and_person(changes: dict[str, object], kind: str) -> None:
    one = holder()
    found = trace(one, report(one, findings=(finding(**changes),)))
    assert found is not None
    assert found.kind == kind


def test_a_partner_or_owner_of_who_was_seen_is_no_reason_for_a_letter() -> None:
    partner = holder(id="owner", claims=(claim(0, org="owner", via="site:shop.example"),))
    assert trace(partner, report(partner, findings=(finding(),))) is None
    nothing = holder(claims=())
    assert trace(nothing, report(nothing)) is None
    elsewhere = holder(claims=(claim(7, -1),))
    assert trace(elsewhere, report(elsewhere, findings=(finding(),))) is None


@pytest.mark.parametrize(
    "party",
    [
        "shop.example\nBcc: someone@evil.example",
        "https://shop.example/order?mail=anna@post.example",
        "anna@post.example",
        "{{ 7 * 7 }}",
        "[your password]",
        "a" * 200 + ".example",
        "\u202eelpmaxe.pohs",
        "",
    ],
)
def test_a_party_that_is_no_plain_host_is_left_out(rulebase: Rulebase, party: str) -> None:
    one = holder()
    text = letter_of(one, report(one, findings=(finding(party=party),)), rulebase)
    assert "(May 2026)" in text
    assert "49" not in text


def test_a_hostile_name_stays_one_harmless_line(rulebase: Rulebase) -> None:
    name = "Shop\r\nBcc: evil@evil.example\n\x1b[31m{{ 7 * 7 }}{% raw %}\u202e" + "x" * 500
    one = holder(name=name)
    text = letter_of(one, report(one, findings=(finding(),)), rulebase)
    line = next(line for line in text.splitlines() if line.startswith("To: "))
    assert "{{ 7 * 7 }}" in line + text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert not any(line.startswith("Bcc") for line in text.splitlines())
    assert "x" * 300 not in text


def test_the_mail_draft_is_unsent_and_goes_to_one_address(rulebase: Rulebase) -> None:
    for right, _place, found in every(rulebase):
        for language in LANGUAGES:
            letter = letters.write(right, found, TRACE, TO, TODAY, language)
            raw = letters.draft(letter)
            message = email.message_from_bytes(raw, policy=email.policy.default)
            assert message["X-Unsent"] == "1"
            assert message["To"] == "privacy@shop.example"
            assert message["Subject"] == letter.subject
            assert {"From", "Date", "Cc", "Bcc"}.isdisjoint(message.keys())
            assert message.get_content().replace("\r\n", "\n") == letter.body
            assert b"\r\n" in raw
            assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_draft_without_a_mailbox_has_no_recipient(rulebase: Rulebase) -> None:
    found = usable(rulebase, "access", "NO")
    assert found is not None
    letter = letters.write("access", found, TRACE, Address("Example AS"), TODAY, "nb")
    assert b"\r\nTo:" not in letters.draft(letter)


def test_a_postal_address_stands_under_the_name(rulebase: Rulebase) -> None:
    found = usable(rulebase, "access", "NO")
    assert found is not None
    address = Address("Example AS", post="Postboks 1, 0001 Oslo")
    text = letters.write("access", found, TRACE, address, TODAY, "nb").text
    assert "Til: Example AS\nPostboks 1, 0001 Oslo\n" in text


def test_a_law_without_numbers_is_named_without_its_basis(rulebase: Rulebase) -> None:
    found = usable(rulebase, "access", "US-OR")
    assert found is not None
    assert letters.cite(found, letters.phrases("en")) == "the Oregon Consumer Privacy Act"


def test_every_kind_of_proof_and_right_has_words(rulebase: Rulebase) -> None:
    from dataexposure.rights import guidance

    assert set(guidance.PROOFS) == set(law.PROOFS)
    kinds = {kind for right in RIGHTS for kind in letters.kinds(right)}
    assert kinds <= set(guidance.titles())
    for _right, _place, found in every(rulebase):
        assert list(guidance.identity(found))
        assert list(guidance.deadline(found, TODAY))
