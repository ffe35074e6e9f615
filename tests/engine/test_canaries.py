"""Planted values are found in every form in which companies are told them, and nowhere else."""

from __future__ import annotations

import base64
import hashlib
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataexposure.engine.canaries import Canaries
from dataexposure.website import Canary

EMAIL = "Canary.Seven+shop@gmail.com"
PLANTED = (
    Canary("email", EMAIL),
    Canary("phone", "+47 999 12 345"),
    Canary("name", "Qvist Canaryson"),
    Canary("product", "Canary Teapot 7319"),
    Canary("price", "73.19"),
    Canary("order", "A-10427"),
)


def digest(name: str, text: str) -> bytes:
    return hashlib.new(name, text.encode(), usedforsecurity=False).digest()


@pytest.fixture(scope="module")
def canaries() -> Canaries:
    return Canaries(PLANTED)


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256"])
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("email", EMAIL),
        ("email", EMAIL.lower()),
        ("email", "canaryseven@gmail.com"),
        ("phone", "+4799912345"),
        ("phone", "4799912345"),
        ("phone", "99912345"),
        ("name", "qvist"),
        ("name", "canaryson"),
        ("order", "A-10427"),
    ],
)
def test_hashes_of_every_usual_form_are_found(
    canaries: Canaries, name: str, kind: str, text: str
) -> None:
    raw = digest(name, text)
    hexed = raw.hex()
    packed = base64.b64encode(raw).decode()
    safe = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    for written in (hexed, hexed.upper(), quote(packed, safe=""), safe):
        assert (kind, name) in canaries.found(f"https://t.example/?u={written}&v=1")


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_percent_signs_are_undone_up_to_three_times(canaries: Canaries, times: int) -> None:
    text = EMAIL
    for _ in range(times):
        text = quote(text, safe="")
    assert ("email", "plain") in canaries.found(f"e={text}")


@pytest.mark.parametrize("before", [0, 1, 2, 3, 4])
def test_a_value_within_base64_is_found_wherever_it_begins(canaries: Canaries, before: int) -> None:
    inner = json.dumps({"x": "y" * before, "email": EMAIL, "item": "Canary Teapot 7319"})
    packed = base64.b64encode(inner.encode()).decode()
    found = canaries.found(f"data={packed}")
    assert {("email", "base64"), ("product", "base64")} <= found


def test_escapes_of_json_and_plus_signs_for_blanks_are_undone(canaries: Canaries) -> None:
    assert ("email", "plain") in canaries.found('{"e": "canary.seven\\u002bshop\\u0040gmail.com"}')
    assert ("product", "plain") in canaries.found("n=Canary+Teapot+7319")


def test_hex_of_a_plain_value_is_found(canaries: Canaries) -> None:
    assert ("email", "hex") in canaries.found("h=" + EMAIL.encode().hex())


@pytest.mark.parametrize(
    "text",
    [
        "v=173.19&x=73.191&y=73.19.2",
        "order=XA-10427&o=A-104275",
        "e=canary.seven%40example.com",
        "h=" + "ab" * 32,
        "",
    ],
)
def test_what_only_resembles_a_value_is_not_found(canaries: Canaries, text: str) -> None:
    assert not canaries.found(text)


def test_a_price_is_found_with_a_comma_and_at_the_end_of_a_sentence(canaries: Canaries) -> None:
    assert ("price", "plain") in canaries.found('{"value": 73.19}')
    assert ("price", "plain") in canaries.found("sum=73,19&cur=NOK")


def test_nothing_planted_finds_nothing() -> None:
    assert not Canaries(())
    assert not Canaries(()).found(EMAIL)
    assert not Canaries((Canary("order", "12"),)).found("12")


@given(st.text(max_size=300))
def test_no_text_breaks_the_search(text: str) -> None:
    found = Canaries(PLANTED).found(text)
    assert all(kind in {canary.kind for canary in PLANTED} for kind, _form in found)


def test_a_first_name_that_is_also_a_word_of_the_product_tells_nothing() -> None:
    planted = (Canary("name", "Canary Zobervraq"), Canary("product", "Canary Teapot"))
    found = Canaries(planted).found("item=Canary%20Teapot")
    assert found == {("product", "plain")}
    assert ("name", "plain") in Canaries(planted).found("ln=zobervraq")
