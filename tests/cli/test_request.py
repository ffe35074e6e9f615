"""`dataexposure request` as a person meets it: letters, refusals, the log."""

from __future__ import annotations

import csv
import email
import email.policy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

DAY = ("--as-of", "2026-11-21")


def run(folder: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": "",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join((str(ROOT), *filter(None, sys.path))),
    }
    return subprocess.run(
        [sys.executable, "-m", "dataexposure", *map(str, words)],
        capture_output=True,
        text=True,
        env=environment,
        cwd=folder,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    path = folder / "report.json"
    done = run(folder, "scan", "--demo", "--format", "json", "-o", path, *DAY)
    assert done.returncode == 0, done.stderr
    return path


def changed(saved: Path, folder: Path, **changes: Any) -> Path:
    report = json.loads(saved.read_text(encoding="utf-8"))
    report.update(changes)
    path = folder / "changed.json"
    path.write_text(json.dumps(report), encoding="utf-8")
    return path


def test_a_report_has_steps_only_when_the_place_is_known(saved: Path, tmp_path: Path) -> None:
    report = json.loads(saved.read_text(encoding="utf-8"))
    first = report["holders"][0]["steps"]
    assert [step["right"] for step in first][:2] == ["access", "object"]
    assert first[-1]["right"] == "complain"
    (tmp_path / "apps.txt").write_text("package:com.facebook.katana\n", encoding="utf-8")
    done = run(tmp_path, "scan", "apps.txt", "--format", "json")
    assert all(holder["steps"] == [] for holder in json.loads(done.stdout)["holders"])


def test_details_show_the_steps_in_their_order(saved: Path, tmp_path: Path) -> None:
    text = " ".join(run(tmp_path, "show", saved, "--details").stdout.split())
    assert "1. Ask for a copy of your data" in text
    assert "Complain to Datatilsynet: https://" in text


def test_a_letter_goes_to_the_output_and_advice_beside_it(saved: Path, tmp_path: Path) -> None:
    done = run(tmp_path, "request", "trumf", "--report", saved, *DAY)
    assert done.returncode == 0, done.stderr
    assert "Til: Trumf" in done.stdout
    assert "artikkel 15 i personvernforordningen" in " ".join(done.stdout.split())
    assert "Nothing was sent" in done.stderr
    advice = " ".join(done.stderr.split())
    assert "Never send: a copy of an identity document" in advice
    assert "by 2026-12-21, if it is received on 2026-11-21" in advice
    assert "last checked 2023-06-05: confirm it on its site" in advice
    assert "Datatilsynet" in advice
    assert list(tmp_path.iterdir()) == []


def test_a_holder_abroad_is_written_to_in_english(saved: Path, tmp_path: Path) -> None:
    assert "Dear Sir or Madam" in run(tmp_path, "request", "criteo", "--report", saved).stdout
    done = run(tmp_path, "request", "criteo", "--report", saved, "--letter-lang", "ro")
    assert "Stimată doamnă" in done.stdout


def test_a_mail_draft_has_the_holders_mailbox(saved: Path, tmp_path: Path) -> None:
    draft = tmp_path / "letter.eml"
    words = ("request", "Criteo", "--report", saved, "--right", "object", "-o", draft, *DAY)
    done = run(tmp_path, *words)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    assert message["To"] == "dpo@criteo.com"
    assert message["X-Unsent"] == "1"
    before = draft.read_bytes()
    assert run(tmp_path, *words).returncode == 2
    assert draft.read_bytes() == before


def test_california_is_told_of_the_signal(saved: Path, tmp_path: Path) -> None:
    words = ("request", "criteo", "--report", saved, "--right", "opt-out", "--region", "US-CA")
    done = run(tmp_path, *words)
    assert "California Consumer Privacy Act" in " ".join(done.stdout.split())
    assert "Global Privacy Control" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("twilio",), "Nothing in the report points at this holder itself"),
        (("nobody-knows",), "no one holder"),
        (("*",), "no one holder"),
        (("",), "Name a holder"),
        (("trumf", "--right", "opt-out"), "does not give this right; it gives: access, object"),
        (("trumf", "--right", "everything"), "--right wants one of"),
        (("trumf", "--letter-lang", "de"), "--letter-lang wants one of"),
        (("trumf", "--region", "JP"), "No law is known here"),
        (("trumf", "--region", "Norway"), "--region wants a country"),
        (("trumf", "-o", "nowhere/letter.txt"), "Cannot write"),
        (("trumf", "--sent", "soon"), "--sent wants a date"),
        (("trumf", "--sent", "2999-01-01"), "a day that has come"),
        (("trumf", "--answered"), "no such request"),
        (("trumf", "--answered", "--denied"), "Choose one"),
    ],
)
def test_what_is_refused_is_one_line(
    saved: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = run(tmp_path, "request", *words, "--report", saved, *DAY)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_letter_needs_a_report_and_a_place(saved: Path, tmp_path: Path) -> None:
    assert "needs --report" in run(tmp_path, "request", "trumf", "--region", "NO").stderr
    nowhere = changed(saved, tmp_path, residence="")
    assert "--region" in run(tmp_path, "request", "trumf", "--report", nowhere).stderr
    assert run(tmp_path, "request", "trumf", "--report", "none.json").returncode == 2
    odd = changed(saved, tmp_path, residence="../NO")
    assert run(tmp_path, "request", "trumf", "--report", odd).returncode == 2


def test_hostile_values_of_a_report_do_no_harm(saved: Path, tmp_path: Path) -> None:
    report = json.loads(saved.read_text(encoding="utf-8"))
    holder = next(one for one in report["holders"] if one["id"] == "site:bokhylla.example")
    holder["name"] = "bok\r\nBcc: evil@evil.example\x1b[2J{{ 7*7 }}\u202e"
    holder["gap"] = "\x1b]0;owned\x07"
    holder["rights"] = [
        {"kind": "email", "value": "a@b.example\nBcc: evil@evil.example", "checked": "x"},
        {"kind": "form", "value": "javascript:alert(1)", "checked": "\x1b[31m"},
        {"kind": "page", "value": "https://b.example/", "checked": "not a day"},
    ]
    for finding in report["findings"]:
        finding["party"] = "x\nTo: evil@evil.example"
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(report), encoding="utf-8")
    draft = tmp_path / "letter.eml"
    done = run(tmp_path, "request", "bokhylla.example", "--report", path, "-o", draft)
    assert done.returncode == 0, done.stderr
    message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    assert message["To"] is None
    assert message["Bcc"] is None
    assert "49" not in message.get_content()
    assert "\x1b" not in done.stderr + message.get_content()
    assert "javascript" not in done.stderr
    text = run(tmp_path, "request", "bokhylla.example", "--report", path).stdout
    assert not any(line.startswith(("Bcc", "To: evil")) for line in text.splitlines())
    assert "\x1b" not in text


def test_a_delicate_site_is_not_told_to_others(saved: Path, tmp_path: Path) -> None:
    report = json.loads(saved.read_text(encoding="utf-8"))
    for finding in report["findings"]:
        finding["party"] = "hiv-clinic.example"
    path = tmp_path / "delicate.json"
    path.write_text(json.dumps(report), encoding="utf-8")
    text = run(tmp_path, "request", "criteo", "--report", path).stdout
    assert "(October 2026)" in text
    assert "clinic" not in text


def test_the_log_from_sent_to_answered(saved: Path, tmp_path: Path) -> None:
    log = tmp_path / "requests.csv"
    done = run(tmp_path, "request", "trumf", "--report", saved, "--sent", "2026-10-01", *DAY)
    assert done.returncode == 0, done.stderr
    assert "answer due 2026-11-01" in done.stdout
    done = run(tmp_path, "request", "criteo", "--region", "RO", "--sent", "2026-11-21", *DAY)
    assert done.returncode == 0, done.stderr
    assert [row["status"] for row in rows(log)] == ["open", "open"]
    shown = " ".join(run(tmp_path, "request", "--log", *DAY).stdout.split())
    assert "Trumf: copy of the data (norway), no answer in time" in shown
    assert "Criteo: copy of the data (romania), waiting" in shown
    assert "complaint from 2027-01-05" in shown
    assert "anspdcp@dataprotection.ro" in shown
    again = run(tmp_path, "request", "trumf", "--report", saved, "--sent", "2026-11-01", *DAY)
    assert again.returncode == 2
    assert run(tmp_path, "request", "Criteo", "--extended", *DAY).returncode == 0
    assert rows(log)[1]["due"] == "2027-02-21"
    assert run(tmp_path, "request", "trumf", "--answered", *DAY).returncode == 0
    assert run(tmp_path, "request", "criteo", "--denied", *DAY).returncode == 0
    assert [row["status"] for row in rows(log)] == ["fulfilled", "denied"]
    assert rows(log)[0]["answered"] == "2026-11-21"
    assert [path.name for path in tmp_path.iterdir()] == ["requests.csv"]


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_a_demand_to_stop_is_logged_as_such(tmp_path: Path) -> None:
    log = tmp_path / "my.csv"
    words = ("request", "criteo", "--right", "object", "--region", "RU", "--log-file", log, *DAY)
    assert run(tmp_path, *words, "--sent", "2026-11-20").returncode == 0
    assert rows(log)[0]["right"] == "stop"
    assert rows(log)[0]["due"] == "2026-12-04"
    assert run(tmp_path, *words, "--answered").returncode == 0


def test_an_empty_log_says_so_and_another_file_is_left_alone(tmp_path: Path) -> None:
    assert "nothing was recorded" in run(tmp_path, "request", "--log").stdout
    mine = tmp_path / "requests.csv"
    mine.write_text("my,own,table\n1,2,3\n", encoding="utf-8")
    for words in (("--log",), ("criteo", "--region", "NO", "--sent", "2026-11-01")):
        assert run(tmp_path, "request", *words).returncode == 2
    assert mine.read_text(encoding="utf-8") == "my,own,table\n1,2,3\n"


def test_contacts_are_exported_once(saved: Path, tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    words = ("request", "--export-csv", path, "--report", saved)
    assert run(tmp_path, *words).returncode == 0
    found = rows(path)
    assert "Criteo" in {row["name"] for row in found}
    assert "Twilio" not in {row["name"] for row in found}
    assert run(tmp_path, *words).returncode == 2
    assert run(tmp_path, "request", "--export-csv", "x.csv").returncode == 2
