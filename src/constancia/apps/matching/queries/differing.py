"""What a later edition of a list has that the earlier had not, and the other way round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from constancia.apps.accounts.models import User
from constancia.apps.matching.access import allow_work, list_of
from constancia.apps.matching.models import Entry, NameList
from constancia.apps.matching.sealing import open_entries
from constancia.domain.matching.marking import Piece, beside
from constancia.domain.names import match_key

CHANGED = 0.75
"""From which likeness on two entries count as one written anew (difflib's ratio of the sorted words)."""
MOST = 400
"""Entries on one side that are held against the other side's for that; beyond, they are added and gone."""
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that was written anew: before and after, with what differs marked."""

    number: int
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`added`, `gone`: (number, name) of up to SHOWN entries; the totals count all. `same`: in both."""

    earlier: int
    title: str
    same: int
    added: tuple[tuple[int, str], ...]
    gone: tuple[tuple[int, str], ...]
    changed: tuple[Changed, ...]
    added_total: int
    gone_total: int


def difference(user: User, number: int) -> Difference | None:
    """Between a list and the edition before it; None for one that has none. Raises NotAllowed, NotFound."""
    allow_work(user)
    later = list_of(user, number)
    if later.earlier is None:
        return None
    earlier = later.earlier
    added, gone, same = _apart(_keys(later), _keys(earlier))
    names = _names([*added, *gone])
    changed = _pairs([names[key] for key in added[:MOST]], [names[key] for key in gone[:MOST]])
    lone_added = [key for at, key in enumerate(added) if at not in {one for one, _ in changed}]
    lone_gone = [key for at, key in enumerate(gone) if at not in {two for _, two in changed}]
    return Difference(
        earlier=earlier.pk,
        title=earlier.title,
        same=same,
        added=tuple(names[key] for key in lone_added[:SHOWN]),
        gone=tuple(names[key] for key in lone_gone[:SHOWN]),
        changed=tuple(_changed(names[added[one]], names[gone[two]]) for one, two in changed),
        added_total=len(lone_added),
        gone_total=len(lone_gone),
    )


def _keys(of_list: NameList) -> list[tuple[int, str]]:
    return list(Entry.objects.filter(of_list=of_list).order_by("number").values_list("pk", "key"))


def _apart(
    later: Sequence[tuple[int, str]], earlier: Sequence[tuple[int, str]]
) -> tuple[list[int], list[int], int]:
    """Entries that the other side has not, namesakes counted one by one, and how many both have."""
    here, there = Counter(key for _, key in later), Counter(key for _, key in earlier)
    return _surplus(later, here - there), _surplus(earlier, there - here), (here & there).total()


def _surplus(rows: Sequence[tuple[int, str]], surplus: Counter[str]) -> list[int]:
    found = []
    for entry, key in reversed(rows):  # of namesakes the last ones are the added ones
        if surplus[key] > 0:
            surplus[key] -= 1
            found.append(entry)
    return found[::-1]


def _names(entries: Sequence[int]) -> dict[int, tuple[int, str]]:
    rows = [
        row
        for start in range(0, len(entries), MOST)
        for row in Entry.objects.filter(pk__in=entries[start : start + MOST])
    ]
    said = open_entries(rows)
    return {row.pk: (row.number, said[row.pk].mention.name) for row in rows}


def _pairs(added: Sequence[tuple[int, str]], gone: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """(place among the added, place among the gone) of entries written anew, the most alike first."""
    keys = [match_key(name)[:100] for _, name in added]
    others = [match_key(name)[:100] for _, name in gone]
    likeness = []
    for at, one in enumerate(keys):
        matcher = SequenceMatcher(None, "", one, autojunk=False)
        for other, two in enumerate(others):
            matcher.set_seq1(two)
            if matcher.real_quick_ratio() >= CHANGED and matcher.quick_ratio() >= CHANGED:
                likeness.append((-matcher.ratio(), at, other))
    found: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for minus, at, other in sorted(likeness):
        if -minus >= CHANGED and at not in used[0] and other not in used[1]:
            found.append((at, other))
            used[0].add(at)
            used[1].add(other)
    return sorted(found)


def _changed(after: tuple[int, str], before: tuple[int, str]) -> Changed:
    old, new = beside(before[1], after[1])
    return Changed(after[0], old, new)
