"""Who of the register fits what a list is about and is not on it: "only ours", by a rule that is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Max, Q, QuerySet

from constancia.apps.accounts.models import User
from constancia.apps.matching.access import allow_work, list_of
from constancia.apps.matching.models import NameList
from constancia.apps.matching.queries.lists import when_of
from constancia.apps.matching.standing import standing_of_list
from constancia.apps.register import queries as register
from constancia.apps.register import terms
from constancia.apps.register.access import visible
from constancia.apps.register.identity import counted_as
from constancia.apps.register.models import State, StateChange
from constancia.apps.register.queries import CaseLine
from constancia.domain.names import fold
from constancia.domain.timeline.state import BASIS_WITNESSED, KNOWN_OPEN
from constancia.domain.vocabulary.terms import Custody, Grade, ListKind
from constancia.infra.bulk import in_pieces

SIZE = 25
AROUND = 2
"""Days before and after the list's day within which something counts as of that day."""
_INSIDE = frozenset({Custody.IN_CUSTODY.value, Custody.HOUSE_ARREST.value})


class Rule(StrEnum):
    """By which rule somebody belongs on a list, or why there is none."""

    HELD_THERE = "held_there"  # held on that day at the list's place, verified exits alone taking people out
    HELD_IN_STATE = "held_in_state"
    RELEASED = "released"  # a way out of prison, reported or better, around that day
    ARRESTED = "arrested"
    MOVED = "moved"  # at the list's place since about that day
    NO_PLACE = "no_place"  # the list names neither place nor state: nobody can say who is missing


@dataclass(frozen=True, slots=True)
class Ours:
    """A page of those who fit and are not on the list. `total`: all of them that the user may see."""

    rule: Rule
    day: date | None
    lines: tuple[CaseLine, ...]
    page: int
    total: int

    @property
    def more(self) -> bool:
        return self.page * SIZE < self.total


def ours(user: User, number: int, page: int = 1) -> Ours:
    """Raises NotAllowed, NotFound (`list.not_found`)."""
    allow_work(user)
    of_list = list_of(user, number)
    rule = rule_of(of_list)
    day = when_of(of_list).day
    if rule is Rule.NO_PLACE or day is None:
        return Ours(Rule.NO_PLACE, day, (), 1, 0)
    seen = _missing(user, of_list, rule, day)
    page = max(1, min(page, -(-len(seen) // SIZE) or 1))
    return Ours(
        rule, day, register.lines_of(user, seen[(page - 1) * SIZE : page * SIZE], "matching"), page, len(seen)
    )


def ours_total(user: User, number: int) -> int:
    """How many they are. Raises NotAllowed, NotFound (`list.not_found`)."""
    allow_work(user)
    of_list = list_of(user, number)
    rule, day = rule_of(of_list), when_of(of_list).day
    return 0 if rule is Rule.NO_PLACE or day is None else len(_missing(user, of_list, rule, day))


def _missing(user: User, of_list: NameList, rule: Rule, day: date) -> list[int]:
    found = _fitting(of_list, rule, day) - _listed(of_list)
    return sorted(key for piece in in_pieces(sorted(found)) for key in _visible(user, piece))


def rule_of(of_list: NameList) -> Rule:
    """The rule for a list of that kind, with the place and state that it names."""
    kind = ListKind(of_list.kind)
    if kind is ListKind.RELEASED:
        return Rule.RELEASED
    if kind is ListKind.ARRESTED:
        return Rule.ARRESTED
    if kind is ListKind.TRANSFERRED:
        return Rule.MOVED if fold(of_list.place) else Rule.NO_PLACE
    if fold(of_list.place):
        return Rule.HELD_THERE
    return Rule.HELD_IN_STATE if of_list.state else Rule.NO_PLACE


def _visible(user: User, persons: Iterable[int]) -> Iterable[int]:
    return visible(user).filter(pk__in=list(persons)).values_list("pk", flat=True)


def _listed(of_list: NameList) -> set[int]:
    """Who is on the list, as decided, and whom each of them is counted as."""
    said = {one.person for one in standing_of_list(of_list).judgements.values() if one.person is not None}
    mapping, _ = counted_as(said)
    return said | {next(reversed(mapping[person].values())) for person in said if mapping.get(person)}


_REMEMBERED = 16
_fitted: dict[tuple[int, datetime, int], frozenset[int]] = {}


def _fitting(of_list: NameList, rule: Rule, day: date) -> frozenset[int]:
    """Who fits, by the states as they are now. Remembered until a state changes: every decision on an entry
    asks again."""
    changed = StateChange.objects.aggregate(last=Max("seq"))["last"] or 0
    key = (of_list.pk, of_list.known_at, changed)
    found = _fitted.get(key)
    if found is None:
        if len(_fitted) >= _REMEMBERED:
            _fitted.clear()
        found = _fitted[key] = frozenset(_fit(of_list, rule, day))
    return found


def _fit(of_list: NameList, rule: Rule, day: date) -> set[int]:
    when, text = when_of(of_list), terms.texts()
    at = day.toordinal()
    first = (when.earliest or day).toordinal() - AROUND
    last = (when.latest or day).toordinal() + AROUND
    rows = State.objects.filter(known_to=KNOWN_OPEN).exclude(basis=BASIS_WITNESSED)
    inside = Q(custody__in=_numbers(text, _INSIDE.__contains__))
    if rule in (Rule.HELD_THERE, Rule.HELD_IN_STATE):
        rows = _of_grade(rows.filter(inside), Grade.VERIFIED).filter(
            start_day__lte=at, end_day__gt=at, seg_from__lte=at, seg_to__gt=at
        )
    elif rule is Rule.RELEASED:
        out = _numbers(text, lambda kind: kind.startswith("release."))
        rows = _of_grade(rows, Grade.REPORTED).filter(exit_kind__in=out, end_day__range=(first, last))
    elif rule is Rule.ARRESTED:
        rows = _of_grade(rows, Grade.REPORTED).filter(spell=0, start_day__range=(first, last))
    else:
        rows = _of_grade(rows.filter(inside), Grade.REPORTED).filter(seg_from__range=(first, last))
    column, wanted = _where(of_list, rule)
    if wanted:
        rows = rows.filter(**{f"{column}__in": _numbers(text, lambda one: fold(one) == wanted)})
    return set(rows.values_list("person", flat=True))


def _where(of_list: NameList, rule: Rule) -> tuple[str, str]:
    """The column that the list's place narrows, and the folded value: the place goes before the state, but
    for arrests, which happen elsewhere than people are held."""
    place, state = fold(of_list.place), fold(of_list.state)
    return ("place", place) if place and rule is not Rule.ARRESTED else ("state", state)


def _of_grade(rows: QuerySet[State], grade: Grade) -> QuerySet[State]:
    """The rows that hold where exits below `grade` take nobody out."""
    return rows.filter(grade_low__lte=grade, grade_high__gte=grade)


def _numbers(texts: Mapping[int, str], wanted: Callable[[str], bool]) -> list[int]:
    return [number for number, text in texts.items() if text and wanted(text)]
