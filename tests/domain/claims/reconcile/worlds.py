"""Invented worlds of arrests, releases and lists, and truthful claims about them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from constancia.domain.claims.reconcile.assertion import MINUTES, Assertion, Measure
from constancia.domain.vocabulary.terms import Qualifier

FIRST = date(2026, 1, 5)
DAYS = 9
LAST = DAYS + 9
SEXES = (("sex", "woman"), ("sex", "man"))
PROFILES = ("civilian", "civilian", "military", "police")
PLACES = ("Tocorón", "Yare II", "Yare III", "Rodeo I")


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@dataclass(frozen=True)
class Event:
    """Minutes since the first day: when it happened, and when it was verified."""

    what: str
    happened: int
    verified: int
    woman: bool
    profile: str
    place: str

    def is_of(self, category: Sequence[tuple[str, str]]) -> bool:
        traits = {
            "sex": "woman" if self.woman else "man",
            "profile": self.profile,
            "place": self.place,
        }
        return all(set(value.split()) <= set(traits[name].split()) for name, value in category)


@dataclass(frozen=True)
class World:
    events: tuple[Event, ...]
    registered: tuple[int, ...]
    left: tuple[int, ...]
    at_first: int
    drafted: tuple[int, ...]  # the moment of each day at which its figures are drawn up
    published: tuple[int, ...]  # the day on which the figures drawn up on each day are published

    def flow(
        self, what: str, first: int, last: int, known: int, category: Sequence[tuple[str, str]] = ()
    ) -> int:
        """Events of minutes `first` to before `last` that are verified before `known`."""
        return sum(
            e.what == what and first <= e.happened < last and e.verified < known and e.is_of(category)
            for e in self.events
        )

    def entries(self, after: int, until: int) -> int:
        return sum(after <= minute < until for minute in self.registered)

    def exits(self, after: int, until: int) -> int:
        out = sum(after <= minute < until for minute in self.left)
        return out + sum(e.what == "released" and after <= e.verified < until for e in self.events)

    def length(self, at: int) -> int:
        return self.at_first + self.entries(0, at) - self.exits(0, at)


def world(random: Random) -> World:
    events = []
    for _ in range(random.randint(0, 30)):
        happened = random.randrange(DAYS * MINUTES)
        late = random.choice([0, 0, random.randrange(600), random.randrange(4 * MINUTES)])
        what = random.choice(["released", "released", "detained", "full_releases"])
        woman, profile, place = random.random() < 0.4, random.choice(PROFILES), random.choice(PLACES)
        events.append(Event(what, happened, happened + late, woman, profile, place))
    end = DAYS * MINUTES
    return World(
        tuple(events),
        tuple(random.randrange(end) for _ in range(random.randint(0, 15))),
        tuple(random.randrange(end) for _ in range(random.randint(0, 5))),
        random.randint(40, 60),
        tuple(number * MINUTES + random.randrange(1, MINUTES) for number in range(LAST)),
        tuple(_published(random)),
    )


def _published(random: Random) -> Iterator[int]:
    """No two days' figures on one day, none more than three days late."""
    last = -1
    for number in range(LAST):
        last = random.randint(max(number, last + 1), max(number + 3, last + 1))
        yield last


def truthful(world: World, random: Random, most: int) -> list[Assertion]:
    """Claims of one organisation, each true of the world as its words are understood."""
    return [
        made for number in range(random.randint(1, most)) for made in _claims(world, random, f"c{number}")
    ]


def _claims(world: World, random: Random, id: str) -> list[Assertion]:
    start, end = sorted((random.randrange(DAYS), random.randrange(DAYS)))
    known = world.drafted[end]
    minute = None
    if random.random() < 0.2:
        known = end * MINUTES + random.randrange(MINUTES)
        minute = known - end * MINUTES
    base = Assertion(id, "house", "held", Measure.STOCK, 0, Qualifier.EXACT, day(end), minute=minute)
    published = day(world.published[end]) if random.random() < 0.8 else None
    base = replace(base, published=published, verified=True)
    what = random.choice(["released", "released", "released", "detained", "full_releases"])
    kind = random.choice(
        ["stock", "stock", "total", "total", "parts", "places", "period", "day", "back", "added", "removed"]
        if random.random() < 0.7
        else ["net", "delta"]
    )
    since = replace(base, what=what, start=day(start), measure=Measure.CUMULATIVE)
    first = start * MINUTES
    if kind == "stock":
        return [_said(base, world.length(known), random)]
    if kind == "total":
        return [_said(since, world.flow(what, first, known, known), random)]
    if kind == "parts":
        whole = _said(since, world.flow(what, first, known, known), random)
        names = random.choice([SEXES, tuple(("profile", name) for name in sorted(set(PROFILES)))])
        parts = [
            _said(
                replace(since, id=f"{id}{pair[1]}", filters=(pair,)),
                world.flow(what, first, known, known, (pair,)),
                random,
            )
            for pair in names
        ]
        return [whole, *(parts if names != SEXES else parts[: random.randint(1, 2)])]
    if kind == "places":
        places = [("place", name) for name in random.sample([*PLACES, "Yare"], k=3)]
        since = replace(since, measure=Measure.PERIOD)
        return [
            _said(
                replace(since, id=f"{id}{pair}", filters=pair),
                world.flow(what, first, known, known, pair),
                random,
            )
            for pair in [(), *((place,) for place in places)]
        ]
    if kind == "delta":  # a total, and how many more a later one is
        middle = random.randint(start, end)
        opened = world.drafted[middle]
        before = replace(since, id=f"{id}total", end=day(middle), minute=None, published=None)
        before = _said(before, world.flow(what, first, opened, opened), random)
        known = max(known, opened)
        more = world.flow(what, first, known, known) - world.flow(what, first, opened, opened)
        made = replace(since, measure=Measure.PERIOD, start=day(middle))
        return [before, _said(made, more, random)] if middle < end else [before]
    if kind == "period":
        made = replace(since, measure=Measure.PERIOD)
        return [_said(made, world.flow(what, first, known, known), random)]
    if kind == "day":
        made = replace(since, measure=Measure.DAY, start=day(end))
        told = random.randint(end, end + 4)  # with the figures that are drawn up on that day
        if minute is None and told > end:
            seen, made = world.drafted[told], replace(made, published=day(world.published[told]))
        elif minute is None:
            latest = ((base.published or base.end) - FIRST).days + 1
            seen = random.randint(end * MINUTES, latest * MINUTES)
        else:
            seen = known
        return [_said(made, world.flow(what, end * MINUTES, (end + 1) * MINUTES, seen), random)]
    if kind == "back":
        told = next(n for n in range(end + 1, LAST) if world.published[n] > end + 3)
        told = random.choice([n for n in (told, told + 1, told + 2) if n < LAST])
        made = replace(since, verified=False, published=day(world.published[told]), minute=None)
        made = replace(made, measure=random.choice([Measure.CUMULATIVE, Measure.PERIOD]))
        seen = world.drafted[told]
        return [_said(made, world.flow(what, first, (end + 1) * MINUTES, seen), random)]
    opened = world.drafted[start]
    before = replace(base, id=f"{id}list", end=day(start), minute=None, published=None)
    before = _said(before, world.length(opened), random)
    made = replace(since, what=kind, measure=Measure.PERIOD)
    if kind == "added":
        return [before, _said(made, world.entries(opened, max(known, opened)), random)]
    if kind == "removed":
        return [before, _said(made, world.exits(opened, max(known, opened)), random)]
    changed = world.length(known) - world.length(world.drafted[start])
    return [replace(made, what="net_change", measure=Measure.NET_CHANGE, value=changed)]


def _said(a: Assertion, truth: int, random: Random) -> Assertion:
    """The number with a truthful qualifier."""
    match random.choice(["exact", "exact", "exact", "at_least", "more_than", "up_to", "about", "range"]):
        case "at_least":
            return replace(a, qualifier=Qualifier.AT_LEAST, value=random.randint(0, truth))
        case "more_than":
            return replace(a, qualifier=Qualifier.MORE_THAN, value=random.randint(0, truth))
        case "up_to":
            return replace(a, qualifier=Qualifier.UP_TO, value=truth + random.randint(0, 5))
        case "about":
            near = random.randint(math.ceil(truth / 1.1), math.floor(truth / 0.9))
            return replace(a, qualifier=Qualifier.ABOUT, value=near)
        case "range":
            low = random.randint(0, truth)
            return replace(a, value=low, high=truth + random.randint(0, 3))
    return replace(a, value=truth)
