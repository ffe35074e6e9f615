"""Reading the code of an Android app."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataexposure import demo
from dataexposure.model import Coverage, Observation, Problem
from dataexposure.sources.apps import apk
from dataexposure.sources.apps.dex import DamagedDexError, class_names
from dataexposure.sources.inputs import InputFile


class Everything:
    def url(self, url: str) -> bool:
        return bool(url)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    demo.build(tmp_path / "anna")
    return tmp_path / "anna" / "phone" / "example.fjellutstyr.apk"


def read(path: Path) -> list[Observation | Problem | Coverage]:
    with InputFile(path, path.name) as file:
        assert apk.sniff(file)
        return list(apk.read(file, Everything()))


def test_the_packages_of_all_classes_are_one_observation(package: Path) -> None:
    observation, coverage = read(package)
    assert isinstance(observation, Observation)
    assert "com.appsflyer" in observation.facts["class"]
    assert observation.party == "example.fjellutstyr"
    assert isinstance(coverage, Coverage)
    assert coverage.counts == {"classes": 5}


def test_a_zip_without_code_is_no_app(tmp_path: Path) -> None:
    path = tmp_path / "x.apk"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("AndroidManifest.xml", "")
    with InputFile(path, "x.apk") as file:
        assert not apk.sniff(file)


def test_damaged_code_is_a_problem_and_the_rest_is_read(package: Path) -> None:
    with zipfile.ZipFile(package, "a") as archive:
        archive.writestr("classes2.dex", b"dex\n035\0" + b"\xff" * 200)
    items = read(package)
    assert {type(item) for item in items} == {Observation, Problem, Coverage}


@given(st.binary(max_size=400))
def test_no_bytes_make_the_type_table_fail_otherwise(noise: bytes) -> None:
    for code in (noise, b"dex\n035\0" + noise):
        try:
            list(class_names(code))
        except DamagedDexError:
            continue
