"""What is compared of people, read from their facts as known now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from constancia.apps.register.histories import open_fields
from constancia.apps.register.identity import counted_as
from constancia.apps.register.models import Fact, Person
from constancia.domain.facts.kinds import KINDS, Part
from constancia.domain.facts.redactable import is_mark
from constancia.domain.matching.shapes import Days, Known
from constancia.domain.timeline.ages import birthday, born_between
from constancia.domain.vocabulary.states import region_code
from constancia.infra.bulk import in_pieces

_BEGINNINGS = tuple(kind for kind, cls in KINDS.items() if cls.part is Part.ENTRY)
_PLACES = tuple(kind for kind, cls in KINDS.items() if cls.part is Part.PLACE)
_KINDS = (
    "name", "alias", "identity_document", "birth", "age", "sex", "occupation", *_BEGINNINGS, *_PLACES
)  # fmt: skip
_COLUMNS = ("seq", "kind", "person_id", "earliest", "latest", "fields", "sealed", "person__subject")
Rows = dict[int, list[tuple[Any, ...]]]


def last_fact() -> int:
    """The number of the last fact; 0 without any."""
    return Fact.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def heads_of(persons: Iterable[int]) -> dict[int, int]:
    """Person → whom they are counted as, as known now, for those of `persons` that were ever joined, and
    for everybody whom these were joined with."""
    mapping, _ = counted_as(persons)
    return {person: list(over_time.values())[-1] for person, over_time in mapping.items() if over_time}


def everybody() -> list[Known]:
    """All people; those who are judged to be one stand once, under the person who counts."""
    persons = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    return list(known(persons, heads_of(persons)))


def known(persons: Sequence[int], heads: Mapping[int, int]) -> Iterator[Known]:
    """What is compared of `persons`. Those with the same head are one; they are to be given together."""
    dead = _dead(persons)
    groups: dict[int, list[int]] = defaultdict(list)
    for person in persons:
        groups[heads.get(person, person)].append(person)
    rows = _rows(persons, dead)
    for head, members in groups.items():
        one = _one(head, [row for member in members for row in rows.get(member, ())])
        if one is not None:
            yield one


def _dead(persons: Sequence[int]) -> set[int]:
    """Facts that no longer hold. A superseding fact always has a higher number."""
    dead: set[int] = set()
    found: list[tuple[int, int]] = []
    all_of_them = Fact.objects.filter(supersedes__isnull=False)
    if len(persons) > _MANY:
        found = [(seq, over or 0) for seq, over in all_of_them.values_list("seq", "supersedes_id")]
    else:
        for piece in in_pieces(persons):
            rows = all_of_them.filter(person__in=piece).values_list("seq", "supersedes_id")
            found += [(seq, over or 0) for seq, over in rows]
    for seq, over in sorted(found, reverse=True):
        if seq not in dead:
            dead.add(over)
    return dead


_MANY = 5_000
"""People from which on everything is read at once rather than by their numbers."""


def _rows(persons: Sequence[int], dead: set[int]) -> Rows:
    facts = Fact.objects.filter(kind__in=_KINDS).order_by("seq").values_list(*_COLUMNS)
    pieces = [facts] if len(persons) > _MANY else [facts.filter(person__in=p) for p in in_pieces(persons)]
    found: Rows = defaultdict(list)
    sealed = []
    for piece in pieces:
        for row in piece.iterator(chunk_size=10_000):
            if row[0] in dead:
                continue
            if row[6] is None:
                found[row[2]].append(row)
            else:
                sealed.append(row)
    opened = open_fields((bytes(row[7]), row[0], bytes(row[6])) for row in sealed)
    for row, fields in zip(sealed, opened, strict=True):
        if fields:  # none where the person's key is gone
            found[row[2]].append((*row[:5], fields, None, None))
    return found


def _one(head: int, rows: Sequence[tuple[Any, ...]]) -> Known | None:
    by_kind: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in sorted(rows):
        by_kind[row[1]].append(row)
    names = [row[5] for row in reversed(by_kind["name"])]
    aliases = [row[5]["value"] for row in by_kind["alias"]]
    if not names and not aliases:
        return None
    beginnings = [row for kind in _BEGINNINGS for row in by_kind[kind]]
    held = [*beginnings, *(row for kind in _PLACES for row in by_kind[kind])]
    return Known(
        head,
        tuple(dict.fromkeys([*(fields["full"] for fields in names), *aliases])),
        given=names[0].get("given", "") if names else "",
        surnames=names[0].get("surnames", "") if names else "",
        documents=tuple(dict.fromkeys(row[5]["number"] for row in by_kind["identity_document"])),
        born=_born(by_kind["birth"], by_kind["age"], beginnings),
        sex=by_kind["sex"][-1][5]["value"] if by_kind["sex"] else "",
        states=tuple(dict.fromkeys(region_code(row[5]["state"]) for row in held if row[5].get("state"))),
        places=tuple(dict.fromkeys(row[5][f] for row in held for f in ("place", "held_at") if row[5].get(f))),
        days=tuple(dict.fromkeys(days for row in beginnings if (days := _days(row[3], row[4])))),
        occupation=" ".join(
            v for row in by_kind["occupation"][-1:] for v in row[5].values() if not is_mark(v)
        ),
    )


def _born(
    births: Sequence[tuple[Any, ...]], ages: Sequence[tuple[Any, ...]], beginnings: Sequence[tuple[Any, ...]]
) -> Days | None:
    """Between which days somebody was born, by the last birth date, or else by the last age."""
    for row in reversed(births):
        when = born_between(row[5]["born"])
        if when is not None and (days := _days(when.earliest, when.latest)) is not None:
            return days
    for row in reversed(ages):
        on = _days(row[3], row[4])
        if on is None:
            on = next((days for one in beginnings if (days := _days(one[3], one[4])) is not None), None)
        if on is not None:
            years = int(row[5].get("years", 0))
            return birthday(on[0], -years - 1) + 1, birthday(on[1], -years)
    return None


def _days(earliest: date | None, latest: date | None) -> Days | None:
    if earliest is None or latest is None:
        return None
    return earliest.toordinal(), latest.toordinal()
