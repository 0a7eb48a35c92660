"""A person as one of two beside each other: what tells people apart, as known now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may
from constancia.apps.register import histories, revealing
from constancia.apps.register.access import visible
from constancia.apps.register.cards import live_facts
from constancia.apps.register.queries.search import CaseLine, lines_unnoted
from constancia.domain.dates import ImpreciseDate
from constancia.domain.facts.kinds import KINDS, Part
from constancia.domain.facts.record import Fact, History
from constancia.domain.timeline.ages import born_between

SHOWN = frozenset({"name", "alias", "birth", "identity_document"})


@dataclass(frozen=True, slots=True)
class Event:
    """A beginning, a way out or a transfer. `states`, `places`: "" where not said."""

    kind: str
    when: ImpreciseDate
    state: str
    place: str


@dataclass(frozen=True, slots=True)
class Side:
    """One person. `names`: the last first, then earlier wordings that hold and aliases; nothing of identity
    for who may not read it. `ages`: in years, each with its day. `events` in the order of their days."""

    line: CaseLine
    names: tuple[str, ...]
    births: tuple[ImpreciseDate, ...]
    ages: tuple[tuple[int, ImpreciseDate], ...]
    documents: tuple[str, ...]
    sex: str
    occupation: str
    events: tuple[Event, ...]

    @property
    def code(self) -> str:
        return self.line.code


def sides(user: User, persons: Sequence[int]) -> dict[int, Side]:
    """Those of `persons` (primary keys) that the user may see; noted as compared.

    Raises InputRefused `revealing.comparisons` beyond the hour's limit.
    """
    seen = sorted(visible(user).filter(pk__in=list(persons)).values_list("pk", flat=True))
    may_read = may(user, Permission.IDENTITY_READ)
    if may_read:
        revealing.compare(user, seen)
    lines = {line.pk: line for line in lines_unnoted(user, seen)}
    loaded = histories.load(seen, {}, unsealed=SHOWN if may_read else frozenset[str]())
    return {one.person: _side(lines[one.person], one, may_read) for one in loaded if one.person in lines}


def _side(line: CaseLine, history: History, may_read: bool) -> Side:
    live = live_facts(history)
    latest = list(reversed(live))
    names = _told(latest, "name", "full") + _told(live, "alias", "value")
    births = [born_between(born) for born in _told(latest, "birth", "born")] if may_read else []
    return Side(
        line=line,
        names=tuple(dict.fromkeys(names)),
        births=tuple(dict.fromkeys(born for born in births if born is not None)),
        ages=tuple((fact.fields["years"], fact.when) for fact in latest if fact.kind == "age"),
        documents=tuple(dict.fromkeys(_told(latest, "identity_document", "number"))),
        sex=next(iter(_told(latest, "sex", "value")), ""),
        occupation=next(iter(_told(latest, "occupation", "value")), ""),
        events=tuple(_event(fact) for fact in sorted(live, key=_by_day) if _tells(fact)),
    )


def _told(live: Sequence[Fact], kind: str, field: str) -> list[str]:
    """That field of all facts of the kind; a person whose key is gone has no fields."""
    return [str(fact.fields[field]) for fact in live if fact.kind == kind and fact.fields.get(field)]


def _tells(fact: Fact) -> bool:
    return KINDS[fact.kind].part in (Part.ENTRY, Part.PLACE, Part.MOVE)


def _by_day(fact: Fact) -> tuple[int, int]:
    return (fact.when.day.toordinal() if fact.when.day else 0), fact.seq


def _event(fact: Fact) -> Event:
    place = fact.fields.get("held_at") or fact.fields.get("place") or ""
    return Event(fact.kind, fact.when, str(fact.fields.get("state") or ""), str(place))
