"""Observations of one capture to a visit: who was met on a page, and what they were sent.

The other way of folding is `fold`, for a person's own files. Here the page and the choice of
the visitor are what counts, hosts that nobody knows are named too, and decoded purchase facts
are kept, because it is the site that is looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from msgspec import structs

from dataexposure import urls
from dataexposure.engine.canaries import Canaries
from dataexposure.engine.decoded import values
from dataexposure.engine.match import Hit, Matcher
from dataexposure.engine.standing import Standing, purpose, standing
from dataexposure.knowledge import Rulebase
from dataexposure.model import Coverage, Locator, Observation, Problem
from dataexposure.website import (
    DISGUISED,
    OWN_HOST,
    STATIC,
    THIRD,
    WRITTEN,
    Called,
    Canary,
    Kept,
    Leak,
    Notes,
    Recipient,
    Sent,
    Stored,
    Visit,
    Written,
)

Item = Notes | Observation | Written | Problem | Coverage
Mark = TypeVar("Mark", Kept, Stored)
Key = tuple[str, str]
"""An organisation and the relation in which it was met."""

_MOST_VALUES: Final = 12
_MOST_HOSTS: Final = 50
_SEVERAL_KINDS: Final = 3
_IMPLIED: Final = frozenset({"contacted", "site", "cookie", "tag"})
_CONSENT_STRING: Final = r"=(C[A-Za-z0-9_-]{20})"
_BROWSING: Final = frozenset({"browsing", "device"})
_AT: Final = Locator("capture", "cookie")


class _Tally:
    """What is known so far of one recipient."""

    def __init__(self) -> None:
        self.hosts: Counter[str] = Counter()
        self.opened = 0
        self.sent: dict[tuple[str, str], _Event] = {}
        self.leaks: Counter[tuple[str, str, str]] = Counter()


class _Event:
    """What is known so far of one kind of event."""

    def __init__(self, hit: Hit) -> None:
        self.hit = hit
        self.count = 0
        self.carried: set[str] = set()
        self.values: dict[tuple[str, str], None] = {}


class Surveyor:
    """Makes visits of captures; one for a whole check, so that rules are filed once.

    `first_party` are further domains of the site's owner. `given` are values to look for in
    every capture, beside those that the capture itself planted.
    """

    def __init__(
        self, rulebase: Rulebase, first_party: Iterable[str] = (), given: Iterable[Canary] = ()
    ) -> None:
        self.rulebase = rulebase
        self.matcher = Matcher(rulebase)
        self.given = tuple(given)
        self.first_party = frozenset(urls.registrable(domain) for domain in first_party)
        names = "|".join(re.escape(name) for name in sorted(rulebase.website.consent_parameters))
        self.consent_string = re.compile(f"(?:{names}){_CONSENT_STRING}") if names else None

    def visit(self, items: Iterable[Item]) -> Visit:
        """Fold everything that was read of one capture; its notes come first."""
        survey: _Survey | None = None
        for item in items:
            if isinstance(item, Notes):
                survey = _Survey(self, item)
            elif survey is not None:
                survey.take(item)
        if survey is None:
            raise ValueError("a capture begins with its notes")
        return survey.result()


class _Survey:
    """The state of folding one capture."""

    def __init__(self, surveyor: Surveyor, notes: Notes) -> None:
        self._all = surveyor
        self._base = surveyor.rulebase
        self._notes = notes
        self._canaries = Canaries((*notes.canaries, *surveyor.given))
        self._site = urls.registrable(urls.split(notes.reached or notes.page).host)
        self._owner = self._base.owner(self._site)
        self._tallies: dict[Key, _Tally] = {}
        self._requests = 0

    def take(self, item: Item) -> None:
        """Take in one item."""
        if isinstance(item, Written):
            self._request(item.observation, WRITTEN)
        elif isinstance(item, Observation):
            self._requests += item.channel in ("request", "visit") and item.count
            if item.channel == "request":
                # Without a browser nobody is contacted but for the page's own text.
                self._request(item, WRITTEN if self._notes.depth == STATIC else THIRD)
            elif item.channel == "visit":
                self._page(item)

    def _page(self, seen: Observation) -> None:
        """Name whose page was opened on the way, when it is not the site's own."""
        host = urls.split(_first(seen, "url")).host
        if host and not self._is_own(host):
            org = self._base.contacted(host) or _unknown(host)
            self._note(seen, host, (), THIRD, org)
            self._tallies[org, THIRD].opened += seen.count

    def _request(self, seen: Observation, relation: str) -> None:
        host = urls.split(_first(seen, "url")).host
        hits = self._all.matcher.fire(seen)
        behind = self._behind(host)
        if host and self._is_own(host) and not behind:
            # On the site's own hosts only another's shape of request tells (a relay).
            relayed = [hit for hit in hits if _is_relay(hit) and hit.org != self._owner]
            self._note(seen, host, relayed, OWN_HOST if relation == THIRD else WRITTEN)
            return
        relation = DISGUISED if behind and relation == THIRD else relation
        org = behind or (self._base.contacted(host) or _unknown(host) if host else "")
        self._note(seen, host, hits, relation, org)

    def _note(
        self, seen: Observation, host: str, hits: Iterable[Hit], relation: str, org: str = ""
    ) -> None:
        """Count a request for whose host it is, and for everybody whose signal fired."""
        hits = tuple(hits)
        met = dict.fromkeys(filter(None, (org, *(hit.org for hit in hits if _names(hit)))))
        found = self._found(seen) if met else ()
        during = self._all.matcher.setting(seen, hits) if met else ""
        for one in met:
            tally = self._tallies.setdefault((one, relation), _Tally())
            if host and (host in tally.hosts or len(tally.hosts) < _MOST_HOSTS):
                tally.hosts[host] += seen.count
            tally.leaks.update(dict.fromkeys(found, seen.count))
            for hit in hits:
                if hit.org == one and _name(hit) not in _IMPLIED:
                    self._event(tally, hit, seen, during)

    def _event(self, tally: _Tally, hit: Hit, seen: Observation, during: str) -> None:
        event = tally.sent.setdefault((hit.signal.id, during), _Event(hit))
        event.count += seen.count
        event.carried.update(hit.carried)
        for pair in values(hit, seen):
            if len(event.values) < _MOST_VALUES:
                event.values.setdefault(pair)

    def _found(self, seen: Observation) -> tuple[tuple[str, str, str], ...]:
        texts = (("url", _first(seen, "url")), ("body", _first(seen, "body")))
        found = {
            (kind, form, where)
            for where, text in texts
            for kind, form in self._canaries.found(text)
        }
        if pattern := self._all.consent_string:
            found.update(
                ("consent-string", "plain", where) for where, text in texts if pattern.search(text)
            )
        return tuple(sorted(found))

    def _behind(self, host: str) -> str:
        """Name who stands behind a host of the site, when it is another name for theirs."""
        if target := self._notes.cnames.get(host, ""):
            name = target.rstrip(".").lower()
            while name:
                if org := self._base.website.targets.get(name, "") or self._base.domains.get(name):
                    return org if org != self._owner else ""
                name = name.partition(".")[2]
        return self._base.website.disguised.get(host, "") if self._is_own(host) else ""

    def _is_own(self, host: str) -> bool:
        domain = urls.registrable(host)
        if domain == self._site or domain in self._all.first_party:
            return True
        return bool(self._owner) and self._base.contacted(host) == self._owner

    def result(self) -> Visit:
        """Give the visit."""
        notes = self._notes
        return Visit(
            page=_bare(notes.page or notes.reached),
            state=notes.state,
            depth=notes.depth,
            flow=notes.flow,
            requests=self._requests,
            recipients=tuple(self._recipients()),
            cookies=tuple(sorted(self._marked(kept) for kept in notes.cookies)),
            storage=tuple(sorted(self._marked(stored) for stored in notes.storage)),
            calls=tuple(sorted(self._telling(notes.calls))),
            fields=notes.fields,
            choice=notes.choice,
            honoured=notes.honoured,
            inconclusive=notes.problems,
        )

    def _telling(self, calls: Iterable[Called]) -> Iterator[Called]:
        """Give the calls that tell browsers apart: many of one kind, or several kinds.

        Ordinary pages use one or two kinds now and then, so the latter counts for scripts from
        elsewhere only, and not for captchas and the like.
        """
        bounds = self._base.website.calls
        known = [called for called in calls if called.call in bounds]
        kinds = Counter(called.host for called in known)
        for called in known:
            apart = (
                kinds[called.host] >= _SEVERAL_KINDS
                and not self._is_own(called.host)
                and purpose(self._base, called.host) != "functional"
            )
            if apart or called.count >= bounds[called.call]:
                yield called

    def _recipients(self) -> Iterator[Recipient]:
        ran = {org for org, relation in self._tallies if relation != WRITTEN}
        for (org, relation), tally in sorted(self._tallies.items()):
            sent = tuple(self._sent(tally))
            purchase = any(one.event == "purchase" for one in sent)
            if relation == WRITTEN and org in ran and not purchase:
                continue  # the page's own text adds nothing to what was seen sent
            events = {one.event for one in sent} or {"contact"}
            judged = standing(
                self._base, org, tally.hosts, events, relayed=relation in (OWN_HOST, DISGUISED)
            )
            if tally.opened == sum(tally.hosts.values()):
                judged = Standing(functional=judged.functional)
            known = self._base.organisations.get(org)
            yield Recipient(
                org=org,
                name=known.name if known else org.removeprefix("site:"),
                parent=known.parent.org if known and known.parent else "",
                roles=known.roles if known else (),
                relation=relation,
                hosts=tuple(sorted(tally.hosts)),
                requests=sum(tally.hosts.values()),
                tracking=judged.tracking,
                replay=judged.replay,
                functional=judged.functional,
                sharing=judged.sharing,
                sent=sent,
                leaks=tuple(Leak(*key, count) for key, count in sorted(tally.leaks.items())),
                tracking_hosts=judged.hosts,
            )

    @staticmethod
    def _sent(tally: _Tally) -> Iterator[Sent]:
        for (signal, during), event in sorted(tally.sent.items()):
            yield Sent(
                signal=signal,
                event=event.hit.signal.event,
                count=event.count,
                carried=tuple(sorted(event.carried)),
                during=during,
                values=tuple(event.values),
            )

    def _marked(self, mark: Mark) -> Mark:
        """Say whose a cookie or key is, by the rules for cookies."""
        seen = Observation(
            "cookie", {"name": (mark.name,), "host": (mark.host,)}, _AT, party=self._site
        )
        hits = [hit for hit in self._all.matcher.fire(seen) if hit.org != self._owner]
        written = [hit for hit in hits if _name(hit) not in _IMPLIED]
        hit = next(iter(written or hits), None)
        if hit is None:
            return mark
        own = self._is_own(mark.host.lstrip("."))
        judged = standing(self._base, hit.org, () if own else (mark.host.lstrip("."),), ())
        told = hit in written and bool(_BROWSING & set(hit.signal.data))
        in_trade = bool(set(self._roles(hit.org)) & self._base.website.tracking)
        tracking = not judged.functional and (
            (told and hit.signal.event == "cookie" and in_trade)
            or (not own and bool(judged.tracking))
        )
        return structs.replace(mark, org=hit.org, tracking=tracking)

    def _roles(self, org: str) -> tuple[str, ...]:
        known = self._base.organisations.get(org)
        return known.roles if known else ()


def _name(hit: Hit) -> str:
    """Give a signal's name without organisation and event."""
    return hit.signal.id.rpartition(":")[0].rpartition("/")[2]


def _names(hit: Hit) -> bool:
    """Say whether a hit names somebody by a rule of theirs, not merely the host's owner."""
    return bool(hit.signal.org) and _name(hit) not in _IMPLIED


def _is_relay(hit: Hit) -> bool:
    """Say whether a rule holds on any host, so that it tells a relay."""
    return _names(hit) and "host" not in hit.signal.match and hit.signal.event != "asset"


def _unknown(host: str) -> str:
    return f"site:{urls.registrable(host)}"


def _first(seen: Observation, fact: str) -> str:
    return next(iter(seen.facts.get(fact, ())), "")


def _bare(page: str) -> str:
    """Give a page's address without query and fragment, which may tell a person."""
    return page.partition("#")[0].partition("?")[0].partition(";")[0]
