from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataexposure.model import Coverage, Observation, Problem, Source
from dataexposure.sources.apps import android_dumpsys, android_packages, androidqf_packages
from dataexposure.sources.inputs import InputFile
from dataexposure.sources.walk import recognise, walk

SAMPLES = Path(__file__).resolve().parents[2] / "data/sources/android"
CORPUS = Path(__file__).resolve().parents[3] / "../shared/corpus"
READERS: tuple[Source, ...] = (android_packages, android_dumpsys, androidqf_packages)

real = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of real files here")


class Nothing:
    def url(self, url: str) -> bool:
        return not url


def read(path: Path) -> tuple[list[Observation], list[Problem], Coverage]:
    with InputFile(path, path.name) as file:
        source = recognise(file, READERS)
        assert not isinstance(source, Problem)
        *results, coverage = source.read(file, Nothing())
    assert isinstance(coverage, Coverage)
    assert coverage.source == source.NAME
    return (
        [one for one in results if isinstance(one, Observation)],
        [one for one in results if isinstance(one, Problem)],
        coverage,
    )


def installers(found: list[Observation]) -> dict[str, str]:
    return {one.party: "".join(one.facts.get("installer", ())) for one in found}


def verdict(path: Path) -> str:
    with InputFile(path, path.name) as file:
        result = recognise(file, READERS)
    return result.cause if isinstance(result, Problem) else result.NAME


def test_a_list_with_paths_and_installers_is_read() -> None:
    found, problems, coverage = read(SAMPLES / "pm-list.txt")
    assert installers(found) == {
        "com.example.shop": "com.android.vending",
        "org.example.reader": "org.example.store",
        "android": "",
        "com.example.sideloaded": "",
    }
    assert found[0].facts["package"] == ("com.example.shop",)
    assert found[0].facts["platform"] == ("android",)
    assert found[1].at.record == "line:2"
    assert problems == []
    assert coverage.counts == {"packages": 4}


def test_the_systems_own_list_is_read() -> None:
    found, problems, _ = read(SAMPLES / "packages.list")
    assert installers(found) == {
        "com.example.shop": "com.android.vending",
        "com.example.system": "",
        "com.example.old": "",
    }
    assert problems == []


def test_a_package_dump_is_read_with_dates_and_without_removed_apps() -> None:
    found, problems, coverage = read(SAMPLES / "dumpsys-package.txt")
    assert [(one.party, one.first, one.last) for one in found] == [
        ("com.example.shop", dt.date(2023, 5, 1), dt.date(2024, 3, 2)),
        ("com.example.multi", dt.date(2022, 1, 9), dt.date(2024, 3, 5)),
        ("com.example.image", None, None),
    ]
    assert installers(found)["com.example.shop"] == "com.android.vending"
    assert problems == []
    assert (coverage.read, coverage.skipped) == (3, 1)
    assert (coverage.first, coverage.last) == (dt.date(2022, 1, 9), dt.date(2024, 3, 5))


def test_a_list_of_androidqf_is_read() -> None:
    found, problems, coverage = read(SAMPLES / "androidqf-packages.json")
    assert installers(found) == {
        "com.example.shop": "com.android.vending",
        "com.example.sideloaded": "",
    }
    assert [(one.cause, one.count) for one in problems] == [("bad-record", 1)]
    assert (coverage.read, coverage.skipped) == (2, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lists_from_windows_are_read(tmp_path: Path, encoding: str, end: str) -> None:
    text = f"package:com.example.a{end}package:com.example.b  installer=com.example.c{end}"
    (tmp_path / "list").write_bytes(text.encode(encoding))
    found, problems, _ = read(tmp_path / "list")
    assert installers(found) == {"com.example.a": "", "com.example.b": "com.example.c"}
    assert problems == []


def test_what_adb_says_around_a_list_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "list").write_text(
        "* daemon not running; starting now at tcp:5037\n* daemon started successfully\n\n"
        "package:com.example.a\npackage:com.example.a\n"
        "package:com.example.b package:com.example.c\n"
    )
    found, problems, coverage = read(tmp_path / "list")
    assert [one.party for one in found] == ["com.example.a", "com.example.b", "com.example.c"]
    assert problems == []
    assert coverage.counts == {"packages": 3}


def test_bad_lines_are_counted_and_a_huge_one_costs_little(tmp_path: Path) -> None:
    lines = [f"package:com.example.p{number}" for number in range(20)]
    lines += ["package:", "package:" + "x" * 5_000_000, "package:!", "package:com.example.z"]
    (tmp_path / "list").write_text("\n".join(lines))
    found, problems, _ = read(tmp_path / "list")
    assert found[-1].party == "com.example.z"
    assert found[-1].at.record == f"line:{len(lines)}"
    assert [(one.cause, one.count) for one in problems] == [("bad-record", 3)]


def test_other_texts_are_not_claimed(tmp_path: Path) -> None:
    for text in (
        "a package: com.example.a\nand more\n",
        "<manifest package='com.example'/>\n",
        "com.example.a\ncom.example.b\n",
        "Packages:\n  one\n  two\n",
        '[{"name": "x", "url": "https://shop.example"}]',
        "Subject: package:com.example.a\n\nHi\nthere\n",
        "\n",
    ):
        (tmp_path / "text").write_text(text)
        assert verdict(tmp_path / "text") == "unclaimed", text


def test_a_dump_that_ends_before_its_packages_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "dump").write_text("Verifiers:\n  x\nFeatures:\n  y\n")
    found, problems, _ = read(tmp_path / "dump")
    assert found == []
    assert [one.cause for one in problems] == ["damaged"]


def test_a_dump_whose_packages_come_late_is_recognised(tmp_path: Path) -> None:
    block = "Packages:\n  Package [com.example.a] (1f):\n    userId=1\n"
    text = "Verifiers:\n  x\nFeatures:\n" + "  y\n" * 100_000 + block
    (tmp_path / "dump").write_text(text)
    found, _, _ = read(tmp_path / "dump")
    assert [one.party for one in found] == ["com.example.a"]


def test_a_json_list_that_is_cut_short_is_damaged(tmp_path: Path) -> None:
    whole = (SAMPLES / "androidqf-packages.json").read_bytes()
    (tmp_path / "cut").write_bytes(whole[:-20])
    found, problems, _ = read(tmp_path / "cut")
    assert found == []
    assert [one.cause for one in problems] == ["damaged"]


PACKAGE = st.from_regex(r"[a-z][a-z0-9_]{0,8}(\.[a-zA-Z][a-zA-Z0-9_]{0,8}){1,4}", fullmatch=True)


@given(
    PACKAGE, PACKAGE, st.sampled_from(["", "/data/app/~~{}==/{}-{}==/base.apk="]), st.integers(0)
)
def test_every_form_of_a_line_gives_its_package(
    package: str, installer: str, path: str, uid: int
) -> None:
    plain = f"package:{path.format('Ab_-', package, 'q==')}{package}"
    for rest in ("", f"  installer={installer}", f" uid:{uid}", f" versionCode:{uid} uid:{uid}"):
        (entry,) = android_packages.parse(plain + rest)
        assert entry.package == package
        assert entry.installer == (installer if "installer" in rest else "")


@given(st.text(max_size=300) | st.from_regex(r"package:.{0,80}"))
def test_no_line_raises_and_only_package_names_come_out(line: str) -> None:
    for entry in android_packages.parse(line):
        assert re.fullmatch(r"[A-Za-z0-9_.]+", entry.package)


@real
@pytest.mark.parametrize(
    ("name", "module", "count"),
    [("dumpsys_packages.txt", android_dumpsys, 2), ("packages.json", androidqf_packages, 7)],
)
def test_real_lists_have_as_many_packages_as_promised(
    name: str, module: ModuleType, count: int
) -> None:
    found, problems, coverage = read(CORPUS / "android/mvt" / name)
    assert len(found) == coverage.counts["packages"] == count
    assert coverage.source == module.NAME
    assert problems == []


@real
def test_only_the_lists_of_the_corpus_are_claimed() -> None:
    claimed = []
    for file in walk([CORPUS]):
        if not isinstance(file, Problem):
            with file:
                result = recognise(file, READERS)
                if not isinstance(result, Problem):
                    claimed.append(file.name)
                else:
                    assert result.cause == "unclaimed"
    assert claimed == [
        "corpus/android/mvt/dumpsys_packages.txt",
        "corpus/android/mvt/packages.json",
    ]
