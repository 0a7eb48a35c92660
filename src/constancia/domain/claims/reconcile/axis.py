"""The axis of knowledge, cut wherever some claim looks, and the axis of events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product

from constancia.domain.claims.reconcile.assertion import FAR, MINUTES
from constancia.domain.claims.reconcile.bulletins import Instant


@dataclass(frozen=True, slots=True)
class Slot:
    """Minutes `low` to before `high`. `before`: the unnamed moments of its day that it lies before."""

    low: int
    high: int
    before: frozenset[Instant] = frozenset()


@dataclass(frozen=True, slots=True)
class Cell:
    """Events of minutes `first` to before `last`, verified in slot number `slot`."""

    first: int
    last: int
    slot: int


def knowledge(instants: Iterable[Instant]) -> list[Slot]:
    """Slots up to the last instant, parted so that every instant has slots wholly before it and after it."""
    cuts: set[int] = set()
    unnamed: dict[int, set[Instant]] = defaultdict(set)
    for one in instants:
        cuts.add(one.minute)
        if one.tag:
            cuts.add(one.minute + MINUTES)
            unnamed[one.minute].add(one)
    edges = [-FAR, *sorted(cuts)]
    slots = []
    for low, high in pairwise(edges):
        here = sorted(unnamed.get(low - low % MINUTES, ()), key=lambda one: one.tag)
        for sides in product((True, False), repeat=len(here)):
            before = frozenset(one for one, side in zip(here, sides, strict=True) if side)
            slots.append(Slot(low, high, before))
    return slots


def known_by(slot: Slot, instant: Instant) -> bool:
    """Whether all of the slot lies before the instant."""
    if slot.high <= instant.minute:
        return True
    return bool(instant.tag) and instant in slot.before


def events(edges: Iterable[int], early: bool) -> list[tuple[int, int]]:
    """Spans between the edges and after the last; with `early`, also the one before the first."""
    cuts = sorted(set(edges))
    if not cuts:
        return [(-FAR, FAR)]
    return list(pairwise([*([-FAR] if early else []), *cuts, FAR]))
