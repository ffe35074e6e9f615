"""A reference page for each organisation: who, what, how we know, how to object."""

from __future__ import annotations

from collections.abc import Iterator

from dataexposure.knowledge import Organisation, Rulebase, Signal


def page(org: Organisation, rulebase: Rulebase) -> str:
    """Give an organisation's page as Markdown."""
    return "\n".join(_lines(org, rulebase)) + "\n"


def _lines(org: Organisation, rulebase: Rulebase) -> Iterator[str]:
    words = rulebase.vocabulary
    yield f"# {org.name}"
    yield ""
    country = f" Country: {org.country}." if org.country else ""
    owner = ""
    if org.parent and org.parent.org in rulebase.organisations:
        owner = f" Belongs to [{rulebase.organisations[org.parent.org].name}]({org.parent.org}.md)."
    yield f"Id `{org.id}`.{country}{owner}"
    yield ""
    for role in org.roles:
        yield f"- **{words.roles[role].title}**: {words.roles[role].sentence}"
    yield ""
    yield "## How it is recognised"
    yield ""
    yield from _signals(org, rulebase)
    yield "## What to do"
    yield ""
    for contact in org.rights:
        yield f"- {contact.kind}: <{contact.value}> (checked {contact.checked})"
    if org.gap:
        yield f"- {org.gap}"
    yield ""
    yield "## Sources"
    yield ""
    for citation in org.sources.values():
        licence = f", {citation.licence}" if citation.licence else ""
        checked = f"checked {citation.checked}" if citation.seen else "not opened yet"
        yield f"- <{citation.url}> ({checked}{licence})"


def _signals(org: Organisation, rulebase: Rulebase) -> Iterator[str]:
    own = [signal for signal in rulebase.signals if signal.org == org.id]
    if own:
        yield "| Channel | What | Event | Data it then holds |"
        yield "|---|---|---|---|"
        yield from (_row(signal, rulebase) for signal in own)
        yield ""
    if org.domains:
        yield "Its domains: " + ", ".join(f"`{domain}`" for domain in org.domains) + "."
        yield ""


def _row(signal: Signal, rulebase: Rulebase) -> str:
    words = rulebase.vocabulary
    data = ", ".join(words.data[name].title for name in signal.data)
    return f"| {signal.channel} | {signal.title} | {words.events[signal.event].title} | {data} |"
