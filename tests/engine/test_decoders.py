"""Requests to parameters, in the packings that vendors use."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataexposure import urls
from dataexposure.engine.decoders import NAMED, parameters

HOST = "https://t.example"


def decoded(url: str = HOST, body: str = "", media: str = "", *names: str) -> dict[str, str]:
    return dict(parameters(urls.split(url), body, media, names))


def test_a_query_is_read_and_unquoted() -> None:
    assert decoded(f"{HOST}/tr?cd%5Bvalue%5D=1%2C5&ev=Purchase") == {
        "cd[value]": "1,5",
        "ev": "Purchase",
    }


def test_what_scripts_send_for_nothing_is_left_out() -> None:
    assert decoded(f"{HOST}/?a=undefined&b=null&c=&d=%5Bobject%20Object%5D&e=0") == {"e": "0"}


def test_a_form_body_is_read() -> None:
    assert decoded(body="ev=Purchase&v=1+2", media="application/x-www-form-urlencoded") == {
        "ev": "Purchase",
        "v": "1 2",
    }


def test_a_body_of_several_lines_gives_the_parameters_of_each_line() -> None:
    found = list(
        parameters(urls.split(HOST), "en=page_view\nen=purchase&epn.value=9", "text/plain", ())
    )
    assert ("en", "page_view") in found
    assert ("en", "purchase") in found


def test_a_multipart_body_is_read_and_files_are_not() -> None:
    body = (
        '--b\r\nContent-Disposition: form-data; name="ev"\r\n\r\nPurchase\r\n'
        '--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\n'
        "secret\r\n--b--\r\n"
    )
    assert decoded(body=body, media="multipart/form-data; boundary=b") == {"ev": "Purchase"}


def test_json_gives_dotted_paths_with_and_without_positions() -> None:
    body = json.dumps({"events": [{"name": "purchase", "v": {"amount": 9.5}}], "ok": True})
    found = decoded(body=body, media="application/json")
    assert found["events.0.name"] == found["events.name"] == "purchase"
    assert found["events.v.amount"] == "9.5"
    assert found["ok"] == "true"


def test_matrix_parameters_in_the_path() -> None:
    assert decoded(f"{HOST}/activity;src=1;u1=abc;ord=1042?", "", "", "matrix") == {
        "src": "1",
        "u1": "abc",
        "ord": "1042",
    }


def test_pairs_in_the_path() -> None:
    assert decoded(f"{HOST}/track/event/purchase", "", "", "pairs")["event"] == "purchase"


def test_a_query_inside_a_parameter_up_to_three_times_encoded() -> None:
    inner = quote(quote(quote("value=9&order=1042", safe=""), safe=""), safe="")
    assert decoded(f"{HOST}/?data={inner}", "", "", "nested")["data.order"] == "1042"


def test_json_inside_a_parameter() -> None:
    inner = quote(json.dumps({"order": {"id": "1042"}}))
    assert decoded(f"{HOST}/?d={inner}", "", "", "json")["d.order.id"] == "1042"


def test_base64_inside_a_parameter() -> None:
    inner = base64.urlsafe_b64encode(json.dumps({"e": "order"}).encode()).decode().rstrip("=")
    assert decoded(f"{HOST}/?d={inner}", "", "", "base64")["d.e"] == "order"


def test_a_very_deep_document_is_cut_off_rather_than_followed() -> None:
    assert decoded(body="[" * 100_000, media="application/json") == {}
    assert decoded(body="[" * 500 + "]" * 500, media="application/json") == {}


def test_a_very_large_body_is_bounded() -> None:
    body = "&".join(f"k{n}=v" for n in range(200_000))
    assert len(decoded(body=body)) <= 5_000


@pytest.mark.parametrize("name", NAMED)
@given(
    url=st.text(),
    body=st.text(),
    media=st.sampled_from(("", "multipart/form-data", "application/json")),
)
def test_no_input_makes_a_decoder_fail(name: str, url: str, body: str, media: str) -> None:
    list(parameters(urls.split(f"{HOST}/{url}"), body, media, (name,)))
