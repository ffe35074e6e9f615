"""`dataexposure rules`: look into the rule base, and keep it sound."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from dataexposure.channels import CHANNELS
from dataexposure.cli import terminal
from dataexposure.errors import UsageError
from dataexposure.knowledge import Rulebase
from dataexposure.language import _, ngettext

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, add_completion=False)

Folder = Annotated[
    Path | None,
    typer.Option("--rules", help=_("A folder of rules instead of the one that is installed.")),
]


def _folder(folder: Path | None) -> Path:
    from dataexposure.rulebase import bundle

    chosen = folder or bundle.RULES
    if not (chosen / "vocabulary.yaml").is_file():
        raise UsageError(
            _("This needs a folder of rules: run it in a checkout, or name one with --rules.")
        )
    return chosen


@app.command("lint")
def check(rules: Folder = None) -> None:
    """Check every rule file; say for each fault where it is and what to do."""
    from dataexposure.rulebase import lint as linting
    from dataexposure.rulebase.load import load

    faults = linting.lint(load(_folder(rules)), dt.datetime.now(dt.UTC).date())
    errors = [fault for fault in faults if not fault.advice]
    for fault in faults:
        prefix = _("advice: ") if fault.advice else ""
        terminal.line(f"{prefix}{fault.error}")
    terminal.line(
        ngettext("{count} fault", "{count} faults", len(errors)).format(count=len(errors))
    )
    if errors:
        raise typer.Exit(2)


@app.command("test")
def prove(rules: Folder = None) -> None:
    """Run the tests that the rule files carry, against the whole rule base."""
    from dataexposure.pipeline import Prover
    from dataexposure.rulebase import selftest
    from dataexposure.rulebase.load import load

    loaded = load(_folder(rules))
    errors = [error for document in loaded.documents for error in document.errors]
    errors += selftest.run(loaded.cases, Prover(loaded.rulebase).fire)
    for error in errors:
        terminal.line(str(error))
    total = len(loaded.cases)
    terminal.line(
        ngettext("{count} test, {failed} failed", "{count} tests, {failed} failed", total).format(
            count=total, failed=len(errors)
        )
    )
    if errors:
        raise typer.Exit(2)


@app.command("format")
def arrange(
    rules: Folder = None,
    check: Annotated[
        bool, typer.Option("--check", help=_("Change nothing; exit 2 if a file would change."))
    ] = False,
) -> None:
    """Put the sections of every organisation file into the canonical order."""
    from dataexposure.rulebase.canonical import canonical

    changed = 0
    for path in sorted((_folder(rules) / "orgs").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        if (wanted := canonical(text)) != text:
            changed += 1
            terminal.line(path.name)
            if not check:
                path.write_text(wanted, encoding="utf-8")
    text = ngettext("{count} file changes", "{count} files change", changed)
    terminal.line(text.format(count=changed))
    if check and changed:
        raise typer.Exit(2)


@app.command("pages")
def reference(
    folder: Annotated[Path, typer.Argument(help=_("A folder for the pages; made if missing."))],
) -> None:
    """Write a reference page for each organisation, as Markdown."""
    from dataexposure.rulebase import bundle
    from dataexposure.rulebase.pages import page

    base = bundle.compiled()
    folder.mkdir(parents=True, exist_ok=True)
    for org in base.organisations.values():
        (folder / f"{org.id}.md").write_text(page(org, base), encoding="utf-8")
    terminal.line(
        ngettext("{count} page", "{count} pages", len(base.organisations)).format(
            count=len(base.organisations)
        )
    )


@app.command("list")
def every(
    style: Annotated[str, typer.Option("--format", "-f", help=_("text or json."))] = "text",
) -> None:
    """List every organisation with its parent, roles, domains and signals."""
    from dataexposure.rulebase import bundle

    rulebase = bundle.compiled()
    signals: dict[str, list[str]] = {}
    for signal in rulebase.signals:
        signals.setdefault(signal.org, []).append(signal.id)
    implied = [
        (name, event)
        for name, event, _fact in filter(None, (one.implied for one in CHANNELS.values()))
    ]
    for org in rulebase.organisations.values():
        if org.domains:
            own = (f"{org.id}/{name}:{event}" for name, event in dict.fromkeys(implied))
            signals.setdefault(org.id, []).extend(own)
    if style not in ("text", "json"):
        raise UsageError(_("unknown format `{name}`; known: text, json").format(name=style))
    rows = [
        {
            "id": org.id,
            "name": org.name,
            "parent": org.parent.org if org.parent else "",
            "roles": list(org.roles),
            "domains": list(org.domains),
            "signals": signals.get(org.id, []),
        }
        for org in rulebase.organisations.values()
    ]
    if style == "json":
        terminal.line(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        terminal.line(f"{row['id']}: {row['name']} ({', '.join(row['roles'])})")


@app.command("stats")
def statistics(
    against: Annotated[
        Path | None,
        typer.Option("--against", help=_("A list of domains, with weights, to be named.")),
    ] = None,
) -> None:
    """Count what the rule base knows, by role, country and channel."""
    from dataexposure.rulebase import bundle

    base = bundle.compiled()
    if against is not None:
        _coverage(against, base)
        return
    orgs = base.organisations.values()
    own = {signal.org for signal in base.signals}
    terminal.line(
        _("{organisations} organisations, {signals} signals, {domains} domains").format(
            organisations=len(base.organisations),
            signals=len(base.signals),
            domains=len(base.domains),
        )
    )
    terminal.line(
        _("{count} with signals of their own, {contacts} with a rights contact").format(
            count=sum(org.id in own for org in orgs), contacts=sum(bool(org.rights) for org in orgs)
        )
    )
    _counts(_("By role"), Counter(role for org in orgs for role in org.roles))
    _counts(_("By country"), Counter(org.country or "?" for org in orgs))
    _counts(_("Signals by channel"), Counter(signal.channel for signal in base.signals))
    _counts(_("Signals by event"), Counter(signal.event for signal in base.signals))


def _coverage(path: Path, base: Rulebase) -> None:
    from dataexposure.rulebase.coverage import measure

    found = measure(path, base)
    text = _("{owned} of {domains} domains have an owner; by weight {share} %.")
    share = f"{found.weight * 100:.1f}"
    terminal.line(text.format(owned=found.owned, domains=found.domains, share=share))
    for domain, weight in found.missing:
        terminal.line(f"{weight:12.0f}  {domain}")


def _counts(title: str, counts: Counter[str]) -> None:
    terminal.line()
    terminal.line(title)
    for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        terminal.line(f"{count:6}  {name}")
