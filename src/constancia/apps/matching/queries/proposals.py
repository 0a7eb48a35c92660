"""What would be accepted: decided entries of which nothing is recorded, and what is proposed beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constancia.apps.accounts.models import User
from constancia.apps.matching.access import allow_work, list_of
from constancia.apps.matching.models import Entry
from constancia.apps.matching.planning import Asked, Planned, plan
from constancia.apps.matching.queries.candidates import carried_over, lines_by_key, matched
from constancia.apps.matching.queries.entries import in_group
from constancia.apps.matching.queries.lists import Group
from constancia.apps.matching.sealing import open_entries
from constancia.apps.matching.services.accepting import asked_of, people_by_key, waiting
from constancia.apps.matching.standing import Standing, standing_of_list
from constancia.apps.register.queries import CaseLine
from constancia.domain.errors import InputRefused
from constancia.domain.matching.bringing import FACT, Why
from constancia.domain.matching.marking import Piece, beside
from constancia.domain.matching.proposing import propose
from constancia.domain.matching.shapes import Proposed
from constancia.domain.vocabulary.terms import ListKind
from constancia.infra import clock
from constancia.infra.bulk import in_pieces

SHOWN = 100
"""Rows that a page asks somebody to look at; accepting goes on with the next ones."""
BLOCK = 1_000
"""Entries, decided and undecided, that the register is asked about at once; of a longer list, the next ones
later."""
LOWEST = 0.5
"""No lower probability is ever proposed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry that would be recorded. `case`: who it is, None for a case to be made. `proposed`: nobody has
    decided it yet; `probability`: then, how likely it is that person, None where the earlier edition said so.
    `why` set: nothing would be recorded. `attests`: one more source for what is there already. `seen`: the
    last decision on the entry."""

    key: int
    seen: int
    number: int
    name: str
    theirs: tuple[Piece, ...]
    ours: tuple[Piece, ...]
    case: CaseLine | None
    proposed: bool
    probability: float | None
    why: Why | None
    attests: bool


@dataclass(frozen=True, slots=True)
class Acceptable:
    """Up to SHOWN rows that would be recorded, those that would not, and how many wait beyond. `decided`:
    entries that were decided and of which nothing is recorded, whether or not anything could be.

    `fact`: the kind of fact that the list reports. `looked`: undecided entries asked about for proposals, of
    `undecided`.
    """

    fact: str
    rows: tuple[Row, ...]
    idle: tuple[Row, ...]
    decided: int
    more: int
    looked: int
    undecided: int


def acceptable(user: User, number: int, threshold: float | None = None) -> Acceptable:
    """`threshold`: from which probability on undecided entries are proposed too; None: only decided ones.

    Raises NotAllowed, NotFound (`list.not_found`), InputRefused `list.threshold`.
    """
    allow_work(user)
    if threshold is not None and not LOWEST <= threshold <= 1:
        raise InputRefused("list.threshold", low=str(LOWEST))
    of_list = list_of(user, number)
    standing = standing_of_list(of_list)
    open_keys = in_group(of_list, standing, Group.UNDECIDED)
    able = sorted(waiting(of_list, standing), key=lambda key: (standing.judgement(key).person is None, key))
    decided = _rows(able[:BLOCK])
    asked = asked_of(standing, decided)
    block = _rows(open_keys[:BLOCK]) if threshold is not None else []
    proposed, likely = _proposed(user, block, standing, threshold) if block else ([], {})
    taken = {one.person_id for many in standing.taken.values() for one in many}
    planned = plan(of_list, [*asked, *proposed], taken, clock.now())
    cases = lines_by_key(user, [one.person.pk for one in (*asked, *proposed) if one.person is not None])
    rows = [_row(one, cases, likely, standing.judgement(one.asked.entry.pk).last) for one in planned]
    good = [row for row in rows if row.why is None]
    return Acceptable(
        fact=FACT[ListKind(of_list.kind)],
        rows=tuple(good[:SHOWN]),
        idle=tuple(row for row in rows if row.why is not None)[:SHOWN],
        decided=len(able),
        more=max(0, len(good) - SHOWN) + len(able) - len(decided),
        looked=len(block),
        undecided=len(open_keys),
    )


def _rows(keys: Sequence[int]) -> list[Entry]:
    found: list[Entry] = []
    for piece in in_pieces(keys):
        found += Entry.objects.filter(pk__in=piece).select_related("of_list", "of_list__earlier")
    return sorted(found, key=lambda row: row.number)


def _proposed(
    user: User, block: Sequence[Entry], standing: Standing, threshold: float | None
) -> tuple[list[Asked], dict[int, float | None]]:
    """The proposals among undecided entries, and how likely each is (None: as the earlier edition said)."""
    said = open_entries(block)
    spoken = {one.person for one in standing.judgements.values() if one.person is not None}
    carried = {
        entry: person
        for entry, person in carried_over(block, standing.judgements).items()
        if person not in spoken
    }
    rest = [row for row in block if row.pk not in carried]
    taken = spoken | set(carried.values())
    apart = [standing.judgement(row.pk).apart for row in rest]
    found = matched(user, [said[row.pk] for row in rest], apart, taken)
    whom: dict[int, int] = dict(carried)
    likely: dict[int, float | None] = dict.fromkeys(carried)
    for row, one in zip(rest, propose(found, accept=threshold or 1.0), strict=True):
        if one.proposed is Proposed.PERSON and one.key is not None:
            whom[row.pk], likely[row.pk] = one.key, one.probability
    people = people_by_key(whom.values())
    return [Asked(row, said[row.pk], people[whom[row.pk]]) for row in block if row.pk in whom], likely


def _row(one: Planned, cases: dict[int, CaseLine], likely: dict[int, float | None], seen: int) -> Row:
    entry, name = one.asked.entry, one.asked.said.mention.name
    case = cases.get(one.asked.person.pk) if one.asked.person is not None else None
    theirs, ours = beside(name, case.name if case else name)
    return Row(
        key=entry.pk,
        seen=seen,
        number=entry.number,
        name=name,
        theirs=theirs,
        ours=ours if case else (),
        case=case,
        proposed=entry.pk in likely,
        probability=likely.get(entry.pk),
        why=one.step.why,
        attests=one.step.attests is not None,
    )
