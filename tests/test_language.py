"""Every sentence is in the catalogue, and a catalogue changes what is printed."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dataexposure import language
from hatch_build import compile_catalogues
from tests.catalogue import TEMPLATE, catalogue, translations, updated


@pytest.fixture
def backwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue for Norwegian in which one sentence is translated."""
    made = read_po(
        io.StringIO(
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n'
            'Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
            'msgid "likely"\nmsgstr "sannsynlig"\n\n'
            'msgid "{count} fault"\nmsgid_plural "{count} faults"\n'
            'msgstr[0] "{count} feil"\nmsgstr[1] "{count} feil"\n'
        ),
        locale="nb",
    )
    folder = tmp_path / "nb" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "dataexposure.mo").open("wb") as stream:
        write_mo(stream, made)
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    yield
    language.use("en")


def test_the_catalogue_holds_every_sentence() -> None:
    assert TEMPLATE.read_bytes() == catalogue(), "run: python -m tests.catalogue"


@pytest.mark.usefixtures("backwards")
def test_a_catalogue_is_used_when_its_language_is_chosen() -> None:
    assert language.languages() == ("en", "nb")
    assert language.use("nb") == "nb"
    assert language._("likely") == "sannsynlig"
    assert language.ngettext("{count} fault", "{count} faults", 2) == "{count} feil"
    assert language._("never heard of") == "never heard of"


@pytest.mark.usefixtures("backwards")
def test_the_locale_chooses_and_an_unknown_one_means_english(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "no_NO.UTF-8")
    assert language.use() == "nb"
    monkeypatch.setenv("LC_ALL", "xx_XX.UTF-8")
    assert language.use() == "en"
    assert language._("likely") == "likely"


def test_plurals_in_english() -> None:
    assert language.ngettext("one", "many", 1) == "one"
    assert language.ngettext("one", "many", 0) == "many"


PLACEHOLDER = re.compile(r"\{[a-z_]*\}|%|`[^`]*`")
TRANSLATIONS = sorted(translations())


@pytest.mark.parametrize("path", TRANSLATIONS, ids=[path.parts[-3] for path in TRANSLATIONS])
def test_a_translation_is_complete_and_current(path: Path) -> None:
    with path.open("rb") as stream:
        found = read_po(stream, locale=path.parts[-3])
    assert {message.id for message in found if message.id} == {
        message.id for message in updated(path) if message.id
    }, "run: python -m tests.catalogue"
    for message in found:
        if not message.id:
            continue
        given = message.string
        texts = [given] if isinstance(given, str) else [text or "" for text in given or ()]
        assert texts, message.id
        assert all(texts), f"not translated: {message.id}"
        assert not message.fuzzy, message.id
        assert len(texts) == (found.num_plurals if message.pluralizable else 1)
        asked = message.id[-1] if isinstance(message.id, (tuple, list)) else message.id
        wanted = sorted(PLACEHOLDER.findall(asked))
        for text in texts:
            assert set(PLACEHOLDER.findall(text)) <= set(wanted), text
        assert sorted(PLACEHOLDER.findall(texts[-1])) == wanted, message.id


@pytest.mark.parametrize("path", TRANSLATIONS, ids=[path.parts[-3] for path in TRANSLATIONS])
def test_the_likelihood_words_are_those_of_the_glossary(path: Path) -> None:
    with path.open("rb") as stream:
        found = read_po(stream, locale=path.parts[-3])
    glossary = GLOSSARY[path.parts[-3]]
    assert {word: found[word].string for word in glossary} == glossary


GLOSSARY = {
    "nb": {
        "confirmed": "bekreftet",
        "almost certain": "nesten sikkert",
        "very likely": "svært sannsynlig",
        "likely": "sannsynlig",
        "possible": "mulig",
        "unlikely": "lite sannsynlig",
        "very unlikely": "svært lite sannsynlig",
    },
    "ro": {
        "confirmed": "confirmat",
        "almost certain": "aproape sigur",
        "very likely": "foarte probabil",
        "likely": "probabil",
        "possible": "posibil",
        "unlikely": "puțin probabil",
        "very unlikely": "foarte puțin probabil",
    },
    "ru": {
        "confirmed": "подтверждено",
        "almost certain": "почти наверняка",
        "very likely": "весьма вероятно",
        "likely": "вероятно",
        "possible": "возможно",
        "unlikely": "маловероятно",
        "very unlikely": "крайне маловероятно",
    },
}


@pytest.mark.parametrize(
    ("name", "counts", "forms"),
    [
        ("nb", (1, 2, 5, 21), (0, 1, 1, 1)),
        ("ro", (1, 2, 5, 21), (0, 1, 1, 2)),
        ("ru", (1, 2, 5, 21), (0, 1, 2, 0)),
    ],
)
def test_plurals_take_the_form_of_the_count(
    name: str, counts: tuple[int, ...], forms: tuple[int, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "locale" / name / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = language.FOLDER / name / "LC_MESSAGES" / "dataexposure.po"
    (folder / source.name).write_bytes(source.read_bytes())
    compile_catalogues(tmp_path)
    catalogue = gettext.translation("dataexposure", tmp_path / "locale", [name])
    one, many = "Your files show {count} purchase.", "Your files show {count} purchases."
    with source.open("rb") as stream:
        translated = read_po(stream, locale=name)[one].string
    assert isinstance(translated, (tuple, list))
    assert len(set(translated)) == {"nb": 1, "ro": 3, "ru": 3}[name]  # «kjøp» has one form
    for count, form in zip(counts, forms, strict=True):
        assert catalogue.ngettext(one, many, count) == translated[form]
