"""The people of the register in this process's memory: made when first needed, fresh whenever asked for."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from constancia.apps.register import erased, redacted
from constancia.apps.register.likeness import reading
from constancia.apps.register.models import Fact
from constancia.domain.matching.engine import Index
from constancia.infra.barrier import whole


@dataclass(frozen=True, slots=True)
class Live:
    """The index as of one fact, without so many `erased`. `heads`: those judged to be one with somebody → the
    person who counts."""

    last: int
    erased: int
    index: Index
    heads: Mapping[int, int]

    def head(self, person: int) -> int:
        return self.heads.get(person, person)

    def members(self, head: int) -> list[int]:
        """Everybody who is counted as `head`, itself first."""
        return [head, *(person for person, one in self.heads.items() if one == head and person != head)]


_reading = threading.Lock()
_live: dict[str, Live] = {}


# Whole: everybody who asks in this process shares it; `asking` says of whom each may be told.
@whole
def live() -> Live:
    """The people of the default database as they are now.

    Not to be called inside a transaction that may yet be rolled back: the index would keep what the
    register then never had.
    """
    name = str(connection.settings_dict["NAME"])
    found = _live.get(name)
    last, gone = reading.last_fact(), erased.count() + redacted.count()
    if found is not None and (found.last, found.erased) == (last, gone):
        return found
    with _reading:
        found = _live.get(name)
        last, gone = reading.last_fact(), erased.count() + redacted.count()
        if found is None or found.last > last or found.erased != gone:
            _live.clear()
            found = _everything(last, gone)
        elif found.last < last:
            found = _taken_over(found, last)
        _live[name] = found
    return found


def _everything(last: int, gone: int) -> Live:
    people = reading.everybody()
    return Live(last, gone, Index(people), reading.heads_of(one.key for one in people))


def _taken_over(old: Live, last: int) -> Live:
    # Told apart here: asked for distinct ones, SQLite would walk the whole index of people.
    since = list(Fact.objects.filter(seq__gt=old.last).order_by("seq").values_list("person_id", "kind"))
    touched = {person for person, _ in since}
    heads = dict(old.heads)
    if any(kind in ("identity_judgement", "withdrawal") for _, kind in since):
        heads = reading.heads_of([*touched, *old.heads])
    moved = {person for person in {*heads, *old.heads} if heads.get(person) != old.heads.get(person)}
    wanted = {heads.get(person, person) for person in touched | moved} | moved
    wanted |= {person for person, head in heads.items() if head in wanted}
    fresh = list(reading.known(sorted(wanted | touched), heads))
    gone = (wanted | touched) - {one.key for one in fresh}
    return Live(last, old.erased, old.index.replaced(fresh, gone), heads)


def warm() -> None:
    """Makes the index ahead of the first question, in a thread of its own, so that nobody waits for it."""
    threading.Thread(target=_load_and_hang_up, name="likeness-warm", daemon=True).start()


def _load_and_hang_up() -> None:
    try:
        live()
    finally:
        connection.close()


def forget() -> None:
    """Lets everybody go; the next question reads everything anew."""
    _live.clear()
