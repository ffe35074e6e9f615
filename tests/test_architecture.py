"""The house rules: who may import whom, what stays small, and who may open a socket."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from dataexposure.report import FORMATS, renderer
from dataexposure.sources import SOURCES

PACKAGE = Path(__file__).resolve().parents[1] / "dataexposure"
VOCABULARY = {
    "model",
    "knowledge",
    "law",
    "printable",
    "channels",
    "urls",
    "errors",
    "language",
    "documents",
    "website",
    "consent",
    "policy",
    "__init__",
}
STAGES = {
    "sources",
    "rulebase",
    "engine",
    "checks",
    "inference",
    "report",
    "rights",
    "workshop",
    "capture",
}
CLI_MAY = {
    "pipeline",
    "capture",
    "checks",
    "rulebase",
    "report",
    "rights",
    "workshop",
    "sources",
    "demo",
}
NETWORK = {"socket", "ssl", "http", "urllib.request", "httpx", "requests", "ftplib", "smtplib"}
LONGEST_FILE = 350
LONGEST_FUNCTION = 40

MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
NAMES = [path.relative_to(PACKAGE).as_posix() for path in MODULES]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parts(module: str) -> tuple[str, ...]:
    return tuple(module.split(".")[1:]) if module.startswith("dataexposure.") else ()


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_stage_imports_only_the_vocabulary_and_itself(path: Path) -> None:
    home = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for module in imports(path):
        target = parts(module)
        if not target or target[0] == "__version__":
            continue
        if home in VOCABULARY:
            assert target[0] in VOCABULARY, f"the vocabulary imports {module}"
        elif home in STAGES or home == "demo":
            assert target[0] in VOCABULARY | {home}, f"{home} imports {module}"
        elif home == "cli":
            assert target[0] in VOCABULARY | CLI_MAY | {"cli"}, f"cli imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_only_capture_can_open_a_socket(path: Path) -> None:
    if path.relative_to(PACKAGE).parts[0] == "capture":
        return
    found = {
        module
        for module in imports(path)
        for name in NETWORK
        if module == name or module.startswith(f"{name}.")
    }
    assert not found


def test_only_urls_imports_tldextract() -> None:
    users = [
        name
        for name, path in zip(NAMES, MODULES, strict=True)
        if any(module.partition(".")[0] == "tldextract" for module in imports(path))
    ]
    assert users == ["urls.py"]


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            size = (node.end_lineno or 0) - node.lineno + 1
            assert size <= LONGEST_FUNCTION, f"{node.name} has {size} lines"


def test_every_reader_is_registered() -> None:
    registered = {source.__name__ for source in SOURCES if hasattr(source, "__name__")}
    for path in (PACKAGE / "sources").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        if {"sniff", "read"} <= functions:
            module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
            assert module in registered


def test_reader_names_differ() -> None:
    names = [source.NAME for source in SOURCES]
    assert len(names) == len(set(names))


def test_every_report_format_is_registered() -> None:
    modules = {
        f"dataexposure.report.{path.stem}"
        for path in (PACKAGE / "report").glob("*.py")
        if "def render(" in path.read_text(encoding="utf-8")
    }
    assert modules == set(FORMATS.values())
    assert all(callable(renderer(name)) for name in FORMATS)


def test_no_module_swallows_every_exception() -> None:
    for name, path in zip(NAMES, MODULES, strict=True):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else ""
                assert caught not in ("", "Exception", "BaseException"), name
