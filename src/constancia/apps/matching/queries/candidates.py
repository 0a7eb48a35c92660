"""Whom entries may mean, side by side with what the register holds of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from constancia.apps.accounts.models import User
from constancia.apps.matching.models import Entry
from constancia.apps.matching.sealing import Opened
from constancia.apps.matching.standing import standing_of_list
from constancia.apps.register import likeness
from constancia.apps.register import queries as register
from constancia.apps.register.access import visible
from constancia.apps.register.queries import CaseLine
from constancia.domain.matching.judging import Judged, Judgement
from constancia.domain.matching.marking import Piece, beside
from constancia.domain.matching.shapes import Candidate, Matched, Mention, Reason

TOP = 5
"""People asked for from the register for each entry; those whom it is not are left out of them."""
SHOWN, LEAST = 3, 0.03
"""People shown for each entry: the likeliest, and others that are not quite unlikely."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A person whom an entry may mean. `case`: the line of the case; `theirs`, `ours`: the two names with
    what differs marked; `carried`: the earlier edition's same entry was said to be that person."""

    case: CaseLine
    theirs: tuple[Piece, ...]
    ours: tuple[Piece, ...]
    probability: float
    reasons: tuple[Reason, ...]
    carried: bool = False

    @property
    def differs(self) -> bool:
        """Whether the two names differ in more than order, capitals and accents."""
        return any(piece.differs for piece in (*self.theirs, *self.ours))


def matched(
    user: User, said: Sequence[Opened], apart: Sequence[Collection[int]], taken: Collection[int] = ()
) -> list[Matched]:
    """The register's candidates for entries, in order, without those of whom it was said that they are not
    it, and without `taken`: people whom another entry of the list is."""
    found = likeness.match(user, [one.mention for one in said], top=TOP)
    return [
        without(one, {*away, *taken}) if away or taken else one
        for one, away in zip(found, apart, strict=True)
    ]


def without(found: Matched, persons: Collection[int]) -> Matched:
    """The same without some people."""
    kept = tuple(one for one in found.candidates if one.key not in persons)
    return found if len(kept) == len(found.candidates) else replace(found, candidates=kept)


def likely(
    user: User,
    said: Mapping[int, Opened],
    judgements: Mapping[int, Judgement],
    carried: Mapping[int, int],
) -> dict[int, list[Likely]]:
    """For each entry (by primary key) the people it may mean, whom the earlier edition had first."""
    order = list(said)
    apart = [judgements.get(entry, Judgement()).apart for entry in order]
    found = dict(zip(order, matched(user, list(said.values()), apart), strict=True))
    lines = lines_by_key(
        user,
        [one.key for many in found.values() for one in many.candidates[:SHOWN]] + list(carried.values()),
    )
    return {
        entry: _likely(said[entry].mention, many.candidates, carried.get(entry), lines)
        for entry, many in found.items()
    }


def _likely(
    mention: Mention, candidates: Sequence[Candidate], carried: int | None, lines: Mapping[int, CaseLine]
) -> list[Likely]:
    shown = [
        one
        for place, one in enumerate(candidates[:SHOWN])
        if one.key in lines and (not place or one.probability >= LEAST)
    ]
    if carried is not None and carried in lines:
        first = next((one for one in candidates if one.key == carried), Candidate(carried, 0.0, 0.0, ()))
        shown = [first, *(one for one in shown if one.key != carried)][:SHOWN]
    return [
        Likely(
            lines[one.key],
            *beside(mention.name, lines[one.key].name),
            one.probability,
            one.reasons,
            one.key == carried,
        )
        for one in shown
    ]


def lines_by_key(user: User, persons: Iterable[int]) -> dict[int, CaseLine]:
    """The lines of those of `persons` whose case the user may open, by primary key."""
    seen = list(visible(user).filter(pk__in=set(persons)).values_list("pk", flat=True))
    return {line.pk: line for line in register.lines_of(user, seen, "matching")}


def carried_over(rows: Sequence[Entry], judgements: Mapping[int, Judgement]) -> dict[int, int]:
    """Entry → person, where the same entry of the edition before was said to be that person, and nobody has
    said otherwise of this one."""
    if not rows or rows[0].of_list.earlier is None:
        return {}
    before = rows[0].of_list.earlier
    said = standing_of_list(before).judgements
    keys = dict(Entry.objects.filter(of_list=before, pk__in=list(said)).values_list("pk", "key"))
    person = {
        keys[entry]: one.person
        for entry, one in said.items()
        if one.judged is Judged.SAME and one.person is not None and entry in keys
    }
    return {
        row.pk: whom
        for row in rows
        if (whom := person.get(row.key)) is not None and whom not in judgements.get(row.pk, Judgement()).apart
    }
