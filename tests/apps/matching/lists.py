"""A small hand for tests of lists: keep one, read as the reader would, and find its entries."""

from __future__ import annotations

from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.matching import receiving, services
from constancia.apps.matching.models import Entry
from constancia.apps.register import queries as register
from constancia.apps.register.models import Person, State
from constancia.apps.register.services import SourceGiven
from constancia.domain.timeline.state import KNOWN_OPEN
from constancia.domain.vocabulary.terms import EntryVerdict, ListKind, Reliability, SourceKind
from tests.support.cast import on

MINISTRY = SourceGiven(SourceKind.OFFICIAL_LIST, "Ministerio Inventado", Reliability.C)


def kept(
    actor: User, text: str, kind: ListKind = ListKind.RELEASED, day: str = "2026-03-10", **more: Any
) -> int:
    """A pasted list, by its number."""
    again = more.pop("again", False)
    given = services.ListGiven(
        title=more.pop("title", "Lista inventada"),
        kind=kind,
        source=more.pop("source", MINISTRY),
        when=more.pop("when", on(day)),
        **more,
    )
    return services.keep(actor, given, receiving.read_text(text), again=again).number


def entry(of_list: int, number: int = 1) -> int:
    """The primary key of an entry."""
    return int(Entry.objects.get(of_list=of_list, number=number).pk)


def same(actor: User, of_list: int, person: Person, number: int = 1) -> int:
    """Decides that an entry is that person; returns the entry's primary key."""
    found = entry(of_list, number)
    services.decide(actor, found, EntryVerdict.SAME, code=person.code)
    return found


def standing(actor: User, person: Person) -> tuple[str, str]:
    """(custody by verified exits, custody by any that is reported)."""
    (line,) = register.lines_of(actor, [person.pk])
    return line.custody, line.reported_custody


def states_now() -> list[tuple[Any, ...]]:
    """The state rows that hold now, but for since when and under which number."""
    hidden = {"id", "known_from"}
    names = [field.attname for field in State._meta.concrete_fields if field.attname not in hidden]
    return sorted(State.objects.filter(known_to=KNOWN_OPEN).values_list(*names))
