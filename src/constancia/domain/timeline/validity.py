"""What cannot be true is refused when it is recorded, before it can stand beside anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from constancia.domain.dates import ImpreciseDate
from constancia.domain.errors import FactRefused
from constancia.domain.facts.kinds import Part
from constancia.domain.facts.record import Fact
from constancia.domain.timeline.ages import born_between
from constancia.domain.timeline.weighed import PART_OF

FIRST_YEAR = 1900
FIRST_YEAR_OF_BIRTH = 1850


def refuse_if_impossible(new: Fact, known: Sequence[Fact], today: date) -> None:
    """Refuse `new`, about to be recorded beside `known` (the person's facts so far), if it cannot be true.

    `today`: the day in the organisation's zone. Facts that merely disagree are let in: they stand side by
    side. Raises FactRefused with the kind: `fact.future` (certainly after today), `fact.too_old`,
    `fact.exit_before_entry` (a way out certainly before every known beginning of the detention, or a
    beginning certainly after every known way out), `fact.birth_after_entry` (born certainly after a
    detention began).
    """
    _refuse_beyond_calendar(new.when, new.kind, today, FIRST_YEAR)
    part = PART_OF.get(new.kind)
    if new.kind == "birth":
        born = born_between(new.fields.get("born", ""))
        if born is not None:
            _refuse_beyond_calendar(born, new.kind, today, FIRST_YEAR_OF_BIRTH)
            begun = [f for f in _standing(known, new) if PART_OF.get(f.kind) is Part.ENTRY]
            if any(_certainly_before(fact.when, born) for fact in begun):
                raise FactRefused("fact.birth_after_entry", kind=new.kind)
    elif part is Part.MOVE:
        _refuse_order([new], _of_detention(known, new, Part.ENTRY), new.kind)
    elif part is Part.ENTRY:
        _refuse_order(_of_detention(known, new, Part.MOVE), [new], new.kind)
        for fact in _standing(known, new):
            if fact.kind == "birth":
                born = born_between(fact.fields.get("born", ""))
                if born is not None and _certainly_before(new.when, born):
                    raise FactRefused("fact.birth_after_entry", kind=new.kind)


def _refuse_beyond_calendar(when: ImpreciseDate, kind: str, today: date, first_year: int) -> None:
    if when.earliest is not None and when.earliest > today:
        raise FactRefused("fact.future", kind=kind)
    for end in (when.earliest, when.latest):
        if end is not None and end.year < first_year:
            raise FactRefused("fact.too_old", kind=kind, year=first_year)


def _refuse_order(exits: Sequence[Fact], entries: Sequence[Fact], kind: str) -> None:
    if exits and entries and all(_certainly_before(o.when, e.when) for o in exits for e in entries):
        raise FactRefused("fact.exit_before_entry", kind=kind)


def _certainly_before(one: ImpreciseDate, other: ImpreciseDate) -> bool:
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest


def _of_detention(known: Sequence[Fact], new: Fact, part: Part) -> list[Fact]:
    return [
        fact
        for fact in _standing(known, new)
        if fact.detention == new.detention and PART_OF.get(fact.kind) is part
    ]


def _standing(known: Sequence[Fact], new: Fact) -> list[Fact]:
    """The facts that nothing supersedes once `new` is recorded."""
    gone = _superseded([*known, new])
    return [fact for fact in known if fact.seq not in gone]


def _superseded(facts: Iterable[Fact]) -> set[int]:
    """Seqs superseded by a fact that is not superseded itself."""
    gone: set[int] = set()
    for fact in sorted(facts, key=lambda f: -f.seq):  # what supersedes is always recorded later
        if fact.supersedes is not None and fact.seq not in gone:
            gone.add(fact.supersedes)
    return gone
