"""Flow files are checked before anything is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from dataexposure.capture import Wish, capture, flows
from dataexposure.capture.canaries import as_texts, made_up, planted
from dataexposure.capture.guard import is_sandbox, may_open
from dataexposure.consent import Consent
from dataexposure.errors import UsageError
from dataexposure.policy import Flow
from dataexposure.website import Canary


def wish(tmp_path: Path, text: str, name: str = "flow.yml", **wished: object) -> Wish:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    given = {"sandbox": ("sandbox.example",), "site": "https://sandbox.example", **wished}
    return Wish((), flows=(Flow("checkout", path),), **given)  # type: ignore[arg-type]


def faults(asked: Wish) -> list[str]:
    with pytest.raises(UsageError) as caught:
        flows.plans(asked)
    return [line.rpartition("/")[2] for line in str(caught.value).splitlines()]


def test_a_flow_is_read(tmp_path: Path) -> None:
    text = "canaries: {product: Teapot}\nsteps:\n- open: /p\n- fill: {'#a': '{email}', '#b': ''}\n"
    (plan,) = flows.plans(wish(tmp_path, text))
    assert plan.start == "https://sandbox.example/p"
    assert plan.canaries == (Canary("product", "Teapot"),)
    assert plan.steps[1].pairs == (("#a", "{email}"), ("#b", ""))


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = """
canaries: {colour: red}
extra: 1
steps:
  - click: "#a"
  - jump: high
  - fill: {"#a": "{order}"}
  - {open: /a, click: "#b"}
  - read: {colour: "#c"}
  - open: https://shop.example/
"""
    found = faults(wish(tmp_path, text))
    assert [line.split(": ")[0] for line in found] == [
        f"flow.yml:{line}" for line in (3, 2, 6, 7, 8, 9, 9, 5, 10)
    ]
    assert "first step must `open`" in found[7]
    assert "shop.example is not listed under `sandbox`" in found[8]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("steps: [{open: /}]", "flow.yml"),
        ("def walk(page, canaries, site): ...", "flow.py"),
    ],
)
@pytest.mark.parametrize("host", ["shop.example", "localhost", "127.0.0.1", "shop.test"])
def test_a_flow_is_refused_on_a_host_that_is_no_sandbox(
    tmp_path: Path, text: str, name: str, host: str
) -> None:
    asked = wish(tmp_path, text, name, site=f"https://{host}")
    with pytest.raises(UsageError, match=f"{host} is not listed under `sandbox`"):
        capture(asked, Consent(), tmp_path / "out", lambda *_: None)


def test_a_function_that_cannot_be_loaded_is_refused(tmp_path: Path) -> None:
    assert "not valid Python" in faults(wish(tmp_path, "def walk(:\n", "flow.py"))[0]
    assert "no function `walk" in faults(wish(tmp_path, "x = 1\n", "flow.py"))[0]
    assert faults(wish(tmp_path, "\nimport nowhere_at_all\n", "flow.py")) == [
        "flow.py:2: fails with ModuleNotFoundError"
    ]


def test_a_flow_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    asked = Wish((), flows=(Flow("checkout", tmp_path / "none.yml"),))
    assert faults(asked) == ["none.yml: there is no such flow file"]


def test_a_flow_needs_steps(tmp_path: Path) -> None:
    assert faults(wish(tmp_path, "canaries: {}\n")) == ["flow.yml:1: a flow must have `steps`"]
    assert faults(wish(tmp_path, "just text\n")) == ["flow.yml:1: a flow must have `steps`"]
    assert "not valid YAML" in faults(wish(tmp_path, "steps: [\n"))[0]


def test_the_base_is_the_site_or_the_first_page() -> None:
    assert flows.base(Wish(("https://a.example/shop/x?y",))) == "https://a.example/"
    assert flows.base(Wish((), site="https://a.example:8443")) == "https://a.example:8443/"
    assert flows.base(Wish(())) == ""


def test_canaries_are_new_in_every_run_and_reach_nobody() -> None:
    one, other = as_texts(made_up()), as_texts(made_up())
    assert set(one) == {"email", "phone", "name"}
    assert one["email"] != other["email"]
    assert one["email"].endswith("@example.com")
    assert one["phone"].startswith("+1")
    assert one["phone"][5:].startswith("5550")
    assert len(one["phone"]) == 12


def test_given_canaries_replace_made_up_ones() -> None:
    given = (Canary("email", "mine@example.com"),)
    assert as_texts(planted(made_up(), given))["email"] == "mine@example.com"
    assert flows.filled("{email} {x}", {"email": "e"}) == "e {x}"


def test_a_sandbox_is_only_what_is_listed() -> None:
    listed = ("sandbox.example", "localhost:8080")
    assert is_sandbox("https://Sandbox.example/x", listed)
    assert is_sandbox("http://localhost:8080/", listed)
    assert not is_sandbox("http://localhost:8081/", listed)
    assert not is_sandbox("https://a.sandbox.example/", listed)
    assert may_open("https://www.sandbox.paypal.com/checkoutnow", listed)
    assert not may_open("https://www.paypal.com/checkoutnow", listed)
    assert may_open("https://checkout.stripe.com/c/pay/cs_test_a1", listed)
    assert not may_open("https://checkout.stripe.com/c/pay/cs_live_a1", listed)
