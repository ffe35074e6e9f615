"""`dataexposure rules import`, `imports` and `forget`: lists that users fetch for themselves."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dataexposure.cli import terminal
from dataexposure.errors import UsageError
from dataexposure.language import _, ngettext

if TYPE_CHECKING:
    from dataexposure.rulebase.lists import Stored

Source = Annotated[Path, typer.Argument(help=_("The list: a file, a folder or a ZIP archive."))]
As = Annotated[str, typer.Option("--as", help=_("Its kind, if it is not recognised by itself."))]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=_("Agree to its licence without asking."))]
Kind = Annotated[str, typer.Argument(help=_("The kind, as `rules imports` names it."))]


def register(app: typer.Typer) -> None:
    """Add these commands to a group."""
    about = _("Import a list of others for yourself; its licence is shown first.")
    app.command("import", help=about)(bring)
    app.command("imports", help=_("Say which lists are imported, and from when they are."))(show)
    app.command("forget", help=_("Remove an imported list."))(forget)


def bring(file: Source, kind: As = "", yes: Yes = False) -> None:
    """Convert a list, show its licence, and keep it after a yes."""
    from dataexposure.rulebase import imports, userdata
    from dataexposure.rulebase.imports.material import Material
    from dataexposure.rulebase.lists import Stored

    named = imports.importer(kind) if kind else None
    material = Material.load(file)
    chosen = named or imports.recognise(material)
    copy = imports.convert(material, chosen)
    terminal.note(_("{name}, from {home}").format(name=chosen.NAME, home=chosen.HOME))
    terminal.note(_("Licence: {licence}").format(licence=chosen.LICENCE))
    terminal.note(_(chosen.ASKS))
    terminal.note(_("It stays in your own data folder and apart from the rules of this program."))
    if not yes:
        _ask()
    stored = Stored(
        kind=chosen.KIND,
        name=chosen.NAME,
        home=chosen.HOME,
        licence=chosen.LICENCE,
        imported=dt.datetime.now(dt.UTC).date().isoformat(),
        copy=copy,
    )
    userdata.store(stored)
    terminal.line(_("Imported: {list}").format(list=_summary(stored)))


def _ask() -> None:
    """Ask for a yes; without a terminal to ask in, say how to give it."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        terminal.note(_("Without a terminal to ask in, say --yes to agree and import it."))
        raise typer.Exit(2)
    question = _("Do you agree to use it under these terms, and import it?")
    if not typer.confirm(question, default=False, err=True):
        terminal.note(_("Nothing was imported."))
        raise typer.Exit(0)


def show() -> None:
    """List what is imported."""
    from dataexposure.rulebase import userdata

    found = userdata.kinds()
    if not found:
        terminal.line(_("No list is imported."))
        return
    for kind in found:
        try:
            terminal.line(_summary(userdata.load(kind)))
        except UsageError as error:
            terminal.line(str(error))
    terminal.line(_("They are kept in {folder}.").format(folder=userdata.folder()))


def _summary(stored: Stored) -> str:
    copy = stored.copy
    orgs, domains = len(copy.entries), sum(len(entry.domains) for entry in copy.entries)
    said = (
        ngettext("{count} organisation", "{count} organisations", orgs).format(count=orgs),
        ngettext("{count} domain", "{count} domains", domains).format(count=domains),
        ngettext("{count} entry left out", "{count} entries left out", copy.left_out).format(
            count=copy.left_out
        ),
    )
    about = [stored.licence, _("imported {date}").format(date=stored.imported)]
    if copy.date:
        about.insert(0, _("of {date}").format(date=copy.date))
    if copy.measures:
        about.append(_("with frequencies"))
    return f"{stored.kind}: {stored.name} ({'; '.join(about)}): {', '.join(said)}"


def forget(kind: Kind) -> None:
    """Remove a list."""
    from dataexposure.rulebase import imports, userdata

    userdata.forget(imports.importer(kind).KIND)
    terminal.line(_("Removed: {kind}").format(kind=kind))
