"""The person's own address in the forms in which companies send it."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import quote

import pytest

from dataexposure.engine.identities import Identities

ADDRESS = "Anna.Eksempel+shop@gmail.com"
OWN = Identities((ADDRESS,))


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256"])
@pytest.mark.parametrize(
    "form", ["anna.eksempel+shop@gmail.com", "annaeksempel@gmail.com", "anna.eksempel@gmail.com"]
)
def test_hashes_of_every_normal_form_are_found(name: str, form: str) -> None:
    digest = hashlib.new(name, form.encode())
    assert OWN.found(f"https://t.example/?em={digest.hexdigest()}") == {name}
    assert OWN.found(f"https://t.example/?em={digest.hexdigest().upper()}") == {name}
    encoded = base64.urlsafe_b64encode(digest.digest()).decode()
    assert OWN.found(f"https://t.example/?em={quote(encoded)}") == {name}


def test_the_plain_address_is_found_encoded_twice() -> None:
    assert OWN.found("https://t.example/?e=anna.eksempel%252Bshop%2540gmail.com") == {"plain"}


def test_somebody_elses_address_is_not_found() -> None:
    other = hashlib.sha256(b"ben@example.com").hexdigest()
    assert OWN.found(f"https://t.example/?em={other}&e=ben@example.com") == frozenset()


def test_without_an_address_nothing_is_looked_for() -> None:
    assert Identities(()).found("anything@example.com") == frozenset()
    assert not Identities(())
