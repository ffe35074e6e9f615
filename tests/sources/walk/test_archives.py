from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import sqlite3
import stat
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dataexposure.model import Problem
from dataexposure.sources import streams
from dataexposure.sources.inputs import InputFile
from dataexposure.sources.walk import walk


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))


def contents(path: Path) -> dict[str, bytes | str]:
    """Name to bytes, or to the cause of a problem."""
    results: dict[str, bytes | str] = {}
    for one in walk([path]):
        if isinstance(one, Problem):
            results[one.at.file] = one.cause
        else:
            with one:
                results[one.name] = one.path.read_bytes()
    return results


def left_over(path: Path) -> list[str]:
    return [one.name for one in (path / "scratch").iterdir()]


def zipped(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return path


def tarred(path: Path, members: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def live_database(folder: Path) -> dict[str, bytes]:
    """A database whose only row is still in its write-ahead log."""
    connection = sqlite3.connect(folder / "live")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE fruit (name TEXT)")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("INSERT INTO fruit VALUES ('pear')")
    connection.commit()
    parts = {name: (folder / name).read_bytes() for name in ("live", "live-wal", "live-shm")}
    connection.close()
    return parts


TREE = {"a/one.txt": b"one", "a/two.txt": b"two", "three.txt": b"three"}


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_is_read_member_by_member(tmp_path: Path, mode: str) -> None:
    path = tarred(tmp_path / "export.tar", TREE, mode)
    assert contents(path) == {f"export.tar!/{name}": data for name, data in TREE.items()}
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("method", [0, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_is_read_member_by_member(tmp_path: Path, method: int) -> None:
    path = zipped(tmp_path / "export.zip", TREE, method)
    assert contents(path) == {f"export.zip!/{name}": data for name, data in TREE.items()}
    assert left_over(tmp_path) == []


def test_a_single_compressed_file_is_one_member(tmp_path: Path) -> None:
    data = b"mail" * 1000
    for name, packed, inner in (
        ("inbox.mbox.gz", gzip.compress(data), "inbox.mbox"),
        ("inbox.mbox.bz2", bz2.compress(data), "inbox.mbox"),
        ("inbox.mbox.xz", lzma.compress(data), "inbox.mbox"),
        ("site.zhar", zlib.compress(data), "site.har"),
        ("nameless", zlib.compress(data, 9), "nameless"),
        ("two.gz", gzip.compress(data[:2000]) + gzip.compress(data[2000:]) + bytes(20), "two"),
        ("two.xz", lzma.compress(data[:2000]) + bytes(8) + lzma.compress(data[2000:]), "two"),
    ):
        (tmp_path / name).write_bytes(packed)
        assert contents(tmp_path / name) == {f"{name}!/{inner}": data}


def test_text_that_begins_like_a_stream_is_text(tmp_path: Path) -> None:
    for text in (b"x^2 + y^2", b"BZh9 is a name", b"x\x9c but no stream"):
        (tmp_path / "note").write_bytes(text)
        assert contents(tmp_path / "note") == {"note": text}


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (2, 1, 0)])
@pytest.mark.parametrize("kind", ["zip", "tar", "gz"])
def test_a_database_in_an_archive_keeps_its_log(
    tmp_path: Path, kind: str, order: tuple[int, ...]
) -> None:
    parts = list(live_database(tmp_path).items())
    members = {f"profile/{parts[one][0]}": parts[one][1] for one in order}
    members["profile/z"] = b"z"
    path = tmp_path / "profile.x"
    if kind == "zip":
        zipped(path, members)
    else:
        tarred(path, members, "w" if kind == "tar" else "w:gz")
    results = {one.name: one for one in walk([path]) if isinstance(one, InputFile)}
    assert set(results) == {"profile.x!/profile/live", "profile.x!/profile/z"}
    with results["profile.x!/profile/live"] as file:
        assert file.sidecar_names == ("profile.x!/profile/live-wal",)
        assert file.tables == {"fruit": frozenset({"name"})}
        with file.database() as database:
            assert database.execute("SELECT name FROM fruit").fetchall() == [("pear",)]
    results["profile.x!/profile/z"].close()
    assert left_over(tmp_path) == []


def test_a_log_in_an_archive_without_its_database_is_a_problem(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "p.zip", {"h-wal": b"\x37\x7f\x06\x82" + bytes(28), "d-journal": b"hi"}
    )
    assert contents(path) == {"p.zip!/h-wal": "sidecar", "p.zip!/d-journal": b"hi"}


def test_entries_that_leave_a_zip_are_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("/etc/crontab", b"x")
        archive.writestr("../../up", b"x")
        archive.writestr("C:\\boot.ini", b"x")
        archive.writestr("good", b"good")
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, b"/etc/passwd")
    assert contents(path) == {
        "evil.zip!//etc/crontab": "unsafe-entry",
        "evil.zip!/../../up": "unsafe-entry",
        "evil.zip!/C:\\boot.ini": "unsafe-entry",
        "evil.zip!/link": "unsafe-entry",
        "evil.zip!/good": b"good",
    }
    assert not (tmp_path.parent / "up").exists()


def test_links_and_devices_in_a_tar_are_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w") as archive:
        for name, kind in (
            ("symlink", tarfile.SYMTYPE),
            ("hardlink", tarfile.LNKTYPE),
            ("device", tarfile.CHRTYPE),
            ("disk", tarfile.BLKTYPE),
            ("pipe", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = "/etc/passwd"
            archive.addfile(info)
        archive.addfile(tarfile.TarInfo("../up"), io.BytesIO())
        folder = tarfile.TarInfo("/root")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        last = tarfile.TarInfo("last")
        last.size = 2
        archive.addfile(last, io.BytesIO(b"ok"))
    results = contents(path)
    assert results.pop("evil.tar!/last") == b"ok"
    assert set(results.values()) == {"unsafe-entry"}
    assert len(results) == 7


def test_an_archive_swells_no_further_than_the_ratio(tmp_path: Path) -> None:
    bomb = bytes(64 << 20)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bomb))
    assert contents(tmp_path / "bomb.gz") == {"bomb.gz": "too-large"}
    (tmp_path / "bomb.bz2").write_bytes(bz2.compress(bomb))
    assert contents(tmp_path / "bomb.bz2") == {"bomb.bz2": "too-large"}
    (tmp_path / "bomb.xz").write_bytes(lzma.compress(bomb))
    assert contents(tmp_path / "bomb.xz") == {"bomb.xz": "too-large"}
    (tmp_path / "bomb.z").write_bytes(zlib.compress(bomb))
    assert contents(tmp_path / "bomb.z") == {"bomb.z": "too-large"}
    tarred(tmp_path / "bomb.tgz", {"a": b"a", "zeros": bomb}, "w:gz")
    assert contents(tmp_path / "bomb.tgz") == {"bomb.tgz!/a": b"a", "bomb.tgz": "too-large"}
    assert left_over(tmp_path) == []


def test_one_swollen_member_does_not_hide_the_others(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(1 << 20)
    path = zipped(tmp_path / "b.zip", {"a": b"a", "noise": noise, "z": b"z", "y": bytes(32 << 20)})
    results = contents(path)
    assert results["b.zip!/y"] == "too-large"
    assert results["b.zip!/z"] == b"z"


def test_zeros_that_a_tar_only_passes_over_count_too(tmp_path: Path) -> None:
    path = tmp_path / "skip.tgz"
    with tarfile.open(path, "w:gz") as archive:
        info = tarfile.TarInfo("odd")
        info.type = b"Z"
        info.size = 300 << 20
        with gzip.open(tmp_path / "zeros.gz", "wb", 1) as out:
            for _ in range(300):
                out.write(bytes(1 << 20))
        with gzip.open(tmp_path / "zeros.gz") as zeros:
            archive.addfile(info, zeros)
    assert contents(path)["skip.tgz"] == "too-large"


def test_a_sparse_file_of_a_terabyte_is_not_written(tmp_path: Path) -> None:
    header = tarfile.TarInfo("sparse")
    header.pax_headers = {
        "GNU.sparse.major": "0",
        "GNU.sparse.minor": "1",
        "GNU.sparse.size": str(1 << 40),
        "GNU.sparse.map": "0,0",
    }
    with tarfile.open(tmp_path / "s.tar", "w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(header)
    assert contents(tmp_path / "s.tar") == {"s.tar": "too-large"}


def test_a_header_that_asks_for_gigabytes_is_refused(tmp_path: Path) -> None:
    header = tarfile.TarInfo("././@PaxHeader")
    header.type = tarfile.XHDTYPE
    header.size = 4 << 30
    raw = header.tobuf(tarfile.USTAR_FORMAT) + bytes(1 << 20)
    (tmp_path / "h.tgz").write_bytes(gzip.compress(raw))
    assert contents(tmp_path / "h.tgz") == {"h.tgz": "too-large"}
    (tmp_path / "h.tar").write_bytes(raw)
    assert contents(tmp_path / "h.tar") == {"h.tar": "damaged"}


def test_archives_in_archives_stop_at_the_third(tmp_path: Path) -> None:
    path = zipped(tmp_path / "1.zip", {"core": b"core"})
    for level in (2, 3):
        path = zipped(tmp_path / f"{level}.zip", {path.name: path.read_bytes()})
    assert contents(path) == {"3.zip!/2.zip!/1.zip!/core": b"core"}
    path = zipped(tmp_path / "4.zip", {path.name: path.read_bytes(), "x": b"x"})
    assert contents(path) == {"4.zip!/3.zip!/2.zip!/1.zip": "too-deep", "4.zip!/x": b"x"}
    assert left_over(tmp_path) == []


def test_too_many_entries_stop_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = streams.Limits(entries=3)
    monkeypatch.setattr(streams.Budget.__init__, "__defaults__", (few,))
    members = {str(number): b"x" for number in range(5)}
    for path in (zipped(tmp_path / "m.zip", members), tarred(tmp_path / "m.tar", members)):
        results = contents(path)
        assert results[path.name] == "too-many"
        assert len(results) == 4


def test_a_directory_of_millions_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "wide.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x" * 60_000, b"x")
    raw = bytearray(path.read_bytes())
    at = raw.rfind(b"PK\x05\x06")
    raw[at + 12 : at + 16] = (1 << 30).to_bytes(4, "little")
    path.write_bytes(raw)
    assert contents(path) == {"wide.zip": "too-many"}


def test_an_encrypted_zip_is_told_once(tmp_path: Path) -> None:
    path = zipped(tmp_path / "e.zip", {"a": b"a", "b": b"b", "c": b"c"})
    raw = bytearray(path.read_bytes())
    for magic, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        for _ in range(2):
            at = raw.find(magic, at + 1)
            raw[at + flag] |= 1
    path.write_bytes(raw)
    first, problem = walk([path])
    assert isinstance(first, InputFile)
    assert isinstance(problem, Problem)
    first.close()
    assert (problem.at.file, problem.cause, problem.count) == ("e.zip", "encrypted", 2)


def test_a_damaged_member_does_not_hide_the_others(tmp_path: Path) -> None:
    path = zipped(tmp_path / "d.zip", {"a": b"aaaa", "b": b"bbbb"}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"aaaa", b"aaab"))
    assert contents(path) == {"d.zip!/a": "damaged", "d.zip!/b": b"bbbb"}


@pytest.mark.parametrize("name", ["t.zip", "t.tar", "t.tgz", "t.gz", "t.bz2", "t.xz", "t.z"])
def test_an_archive_that_is_cut_short_says_so(tmp_path: Path, name: str) -> None:
    noise = random.Random(2).randbytes(40_000)
    path = tmp_path / name
    if name == "t.zip":
        zipped(path, {"a": noise})
    elif name in ("t.tar", "t.tgz"):
        tarred(path, {"a": noise, "b": noise}, "w" if name == "t.tar" else "w:gz")
    else:
        pack = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "z": zlib.compress}
        path.write_bytes(pack[name[2:]](noise))  # type: ignore[operator]
    whole = path.read_bytes()
    for cut in (len(whole) // 2, 41_300):
        path.write_bytes(whole[: min(cut, len(whole) - 20)])
        assert contents(path)[name] == "damaged"
    assert left_over(tmp_path) == []


def test_documents_that_are_zip_files_stay_whole(tmp_path: Path) -> None:
    for name in ("AndroidManifest.xml", "[Content_Types].xml", "mimetype"):
        path = zipped(tmp_path / "doc", {name: b"x", "other": b"y"})
        assert list(contents(path)) == ["doc"]


def test_names_in_archives_are_shown_safely(tmp_path: Path) -> None:
    path = tmp_path / "n.tar"
    with tarfile.open(path, "w", errors="surrogateescape") as archive:
        archive.addfile(tarfile.TarInfo("a\x1b[2J\u202ecod.exe"), io.BytesIO())
        info = tarfile.TarInfo(b"\xff\xfe.txt".decode("utf-8", "surrogateescape"))
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    assert contents(path) == {"n.tar!/a?[2J?cod.exe": "empty", "n.tar!/??.txt": b"x"}


def test_mac_companions_in_a_zip_are_passed_over(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "m.zip", {"a": b"a", "__MACOSX/._a": b"\x00\x05\x16\x07", ".DS_Store": b"\0"}
    )
    assert contents(path) == {"m.zip!/a": b"a"}


def test_a_full_disk_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "f.zip", TREE)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dataexposure.sources.archives._spill", full)
    assert contents(path) == {"f.zip": "unreadable"}
    assert left_over(tmp_path) == []


SEEDS = ("s.zip", "s.tar", "s.tgz", "s.tbz", "s.txz", "s.gz")


def seed(folder: Path, name: str) -> bytes:
    path = folder / name
    modes = {"s.tar": "w", "s.tgz": "w:gz", "s.tbz": "w:bz2", "s.txz": "w:xz"}
    if name == "s.zip":
        zipped(path, TREE)
    elif name in modes:
        tarred(path, TREE, modes[name])
    else:
        path.write_bytes(gzip.compress(b"x" * 500))
    return path.read_bytes()


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8),
    st.floats(0, 1),
)
def test_no_damage_to_an_archive_raises(
    tmp_path: Path, name: str, hits: list[tuple[float, int]], keep: float
) -> None:
    raw = bytearray(seed(tmp_path, name))
    for where, value in hits:
        raw[int(where * (len(raw) - 1))] = value
    (tmp_path / "hit").write_bytes(raw[: max(1, int(len(raw) * min(1, keep * 2)))])
    contents(tmp_path / "hit")
    assert left_over(tmp_path) == []
