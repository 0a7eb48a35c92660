"""Invented worlds of arrests, releases and lists, and truthful claims about them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from constancia.domain.claims.reconcile.assertion import MINUTES, Assertion, Measure
from constancia.domain.vocabulary.terms import Qualifier

FIRST = date(2026, 1, 5)
DAYS = 9
SEXES = (("sex", "woman"), ("sex", "man"))


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@dataclass(frozen=True)
class Event:
    """Minutes since the first day: when it happened, and when it was verified."""

    what: str
    happened: int
    verified: int
    woman: bool


@dataclass(frozen=True)
class World:
    events: tuple[Event, ...]
    registered: tuple[int, ...]
    left: tuple[int, ...]
    at_first: int
    drafted: tuple[int, ...]  # the moment of each day at which its figures are drawn up

    def flow(self, what: str, first: int, last: int, known: int, sex: str = "") -> int:
        """Events of minutes `first` to before `last` that are verified before `known`."""
        return sum(
            e.what == what
            and first <= e.happened < last
            and e.verified < known
            and (not sex or e.woman == (sex == "woman"))
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
        events.append(Event(what, happened, happened + late, random.random() < 0.4))
    end = DAYS * MINUTES
    return World(
        tuple(events),
        tuple(random.randrange(end) for _ in range(random.randint(0, 15))),
        tuple(random.randrange(end) for _ in range(random.randint(0, 5))),
        random.randint(40, 60),
        tuple(number * MINUTES + random.randrange(1, MINUTES) for number in range(DAYS + 5)),
    )


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
    later = random.randint(0, 3)
    base = Assertion(id, "house", "held", Measure.STOCK, 0, Qualifier.EXACT, day(end), minute=minute)
    base = replace(base, published=day(end + later) if random.random() < 0.8 else None, verified=True)
    what = random.choice(["released", "released", "released", "detained", "full_releases"])
    kind = random.choice(
        ["stock", "stock", "total", "total", "parts", "period", "day", "back", "added", "removed", "net"]
    )
    since = replace(base, what=what, start=day(start), measure=Measure.CUMULATIVE)
    first = start * MINUTES
    if kind == "stock":
        return [_said(base, world.length(known), random)]
    if kind == "total":
        return [_said(since, world.flow(what, first, known, known), random)]
    if kind == "parts":
        whole = _said(since, world.flow(what, first, known, known), random)
        parts = [
            _said(
                replace(since, id=f"{id}{pair[1]}", filters=(pair,)),
                world.flow(what, first, known, known, pair[1]),
                random,
            )
            for pair in SEXES
        ]
        return [whole, *parts[: random.randint(1, 2)]]
    if kind == "period":
        made = replace(since, measure=Measure.PERIOD)
        return [_said(made, world.flow(what, first, known, known), random)]
    if kind == "day":
        published = base.published or base.end
        latest = ((published - FIRST).days + 1) * MINUTES
        seen = known if minute is not None else random.randint(end * MINUTES, latest)
        made = replace(since, measure=Measure.DAY, start=day(end))
        return [_said(made, world.flow(what, end * MINUTES, (end + 1) * MINUTES, seen), random)]
    if kind == "back":
        told = end + random.randint(4, 8)
        seen = random.randint((end + 1) * MINUTES, (told + 1) * MINUTES)
        made = replace(since, verified=False, published=day(told), minute=None)
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
