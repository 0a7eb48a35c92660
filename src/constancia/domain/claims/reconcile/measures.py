"""What the words of a `measure` column say: what is counted, how, and of whom."""

from __future__ import annotations

from dataclasses import dataclass

from constancia.domain.claims.reconcile.assertion import (
    ADDED,
    DETAINED,
    FULL_RELEASES,
    HELD,
    NET_CHANGE,
    RELEASED,
    REMOVED,
    Measure,
)
from constancia.domain.claims.reconcile.populations import Counted, counted
from constancia.domain.names import fold
from constancia.domain.vocabulary.terms import Said

_STOCK = frozenset({"stock", "held"})
_NET = frozenset({"net", "change"})
_HOW = {
    "cum": Measure.CUMULATIVE,
    "cumulative": Measure.CUMULATIVE,
    "accumulated": Measure.CUMULATIVE,
    "day": Measure.DAY,
    "daily": Measure.DAY,
    "week": Measure.PERIOD,
    "weekly": Measure.PERIOD,
    "month": Measure.PERIOD,
    "monthly": Measure.PERIOD,
    "period": Measure.PERIOD,
}
_LOOSELY = {
    "total": Measure.CUMULATIVE,
    "flow": Measure.PERIOD,
    "delta": Measure.PERIOD,
    "increment": Measure.PERIOD,
    "batch": Measure.PERIOD,
}
"""Words that say how only where no other does: a "daily total" is a day's."""
_WHAT = (
    ("announc", Said.ANNOUNCED_RELEASE.value),
    ("full", FULL_RELEASES),
    ("request", Said.AMNESTY_REQUESTS.value),
    ("amnest", Said.AMNESTY_GRANTED.value),
    ("pardon", Said.PARDONED.value),
    ("releas", RELEASED),
    ("excarcel", RELEASED),
    ("exit", REMOVED),
    ("remov", REMOVED),
    ("death", Said.KILLED.value),
    ("kill", Said.KILLED.value),
    ("arrest", DETAINED),
    ("detention", DETAINED),
    ("detain", DETAINED),
    ("jail", DETAINED),
    ("entr", DETAINED),
    ("add", ADDED),
    ("late", ADDED),
    ("valid", ADDED),
    ("new", ADDED),
    ("sentenc", Said.SENTENCED.value),
    ("recogni", Said.RECOGNISED.value),
    ("restrict", Said.RESTRICTED.value),
    ("measures", Said.RESTRICTED.value),
)
"""Beginnings of words, the telling ones first: new arrests are arrests, new cases are not."""
_BY_THEMSELVES = frozenset({Said.ANNOUNCED_RELEASE.value, Said.RESTRICTED.value})
"""What may be counted in several words that do not say how."""
_PEOPLE = ("detain", "jail")
"""Of people who are held, where they stand in the population of a change."""
_BESIDE = {
    Said.ANNOUNCED_RELEASE.value: ("releas", "excarcel"),
    FULL_RELEASES: ("releas", "excarcel"),
    Said.AMNESTY_REQUESTS.value: ("amnest",),
    Said.KILLED.value: ("detention", "detain"),
    RELEASED: ("new",),
    DETAINED: ("new",),
    HELD: ("detention", "detain", "jail", "sentenc"),
    NET_CHANGE: ("detention", "detain", "jail"),
}
"""Beginnings that may stand beside what is counted; any other says something else again."""
_OUT = frozenset({RELEASED, FULL_RELEASES, REMOVED, Said.KILLED.value})
"""Nobody of whom these are said is on a list of people held."""
_SILENT = frozenset({
    "count", "counts", "figure", "figures", "number", "numbers", "reported", "stated", "granted", "last",
    "during", "under",
})  # fmt: skip
"""Words that say nothing more about who is counted."""


@dataclass(frozen=True, slots=True)
class Measured:
    """`bare`: no word says how it is counted. `week`: in weeks. `who`: what the words say of whom."""

    what: str
    measure: Measure
    who: Counted
    bare: bool = False
    week: bool = False


def measured(measure: str, population: str) -> Measured | None:
    """None where a word of the measure is not known: it may name a part, and a part is not its whole."""
    words = _words(measure)
    stock, net = not _STOCK.isdisjoint(words), not _NET.isdisjoint(words)
    hows = {_HOW[word] for word in words if word in _HOW}
    loosely = () if stock else (_LOOSELY[word] for word in words if word in _LOOSELY)
    how = next(iter((*hows, *loosely)), None)
    left = [word for word in words if word not in _HOW and word not in _LOOSELY and word not in _STOCK | _NET]
    what, others = _what(left), _words(population)
    if len(hows) > 1 or (stock and what is None and _what(others) in _OUT):
        return None
    people = "delta" in words and any(word.startswith(_PEOPLE) for word in others)
    if what is None and not stock and not people:
        what = _what(others)
    announced = Said.ANNOUNCED_RELEASE.value
    if what == RELEASED and _what(others) == announced:
        what, left = announced, [word for word in left if _what([word]) != RELEASED]
    net = net or ("delta" in words and (stock or what is None))
    kind = _kind(what, how, stock, net)
    bare = how is None and not stock and not net
    if kind is None or (bare and len(words) > 1 and what not in _BY_THEMSELVES):
        return None
    who = _who(left, kind[0], population)
    if who is None:
        return None
    return Measured(*kind, who, bare, not {"week", "weekly"}.isdisjoint(words))


def _words(text: str) -> list[str]:
    return fold(text.replace("_", " ")).split()


def _what(words: list[str]) -> str | None:
    return next((what for part, what in _WHAT if any(word.startswith(part) for word in words)), None)


def _kind(what: str | None, how: Measure | None, stock: bool, net: bool) -> tuple[str, Measure] | None:
    """What is counted, and how."""
    if net:
        return (NET_CHANGE, Measure.NET_CHANGE) if what in (None, DETAINED) else None
    if what == Said.RESTRICTED.value:
        return (what, Measure.STOCK) if how is None else None
    if stock:
        listed = what in (None, DETAINED, Said.SENTENCED.value) and how in (None, Measure.DAY)
        return (HELD, Measure.STOCK) if listed else None
    return None if what is None else (what, how or Measure.CUMULATIVE)


def _who(words: list[str], what: str, population: str) -> Counted | None:
    """Of whom, by the measure's words and the population's; None where they do not go together."""
    told: list[str] = []
    for word in words:
        said = next((said for part, said in _WHAT if word.startswith(part)), None)
        if word in _SILENT or said == what:
            continue
        if said is not None and not word.startswith(_BESIDE.get(what, ("\0",))):
            return None
        told.append(word)
    by_measure, by_population = counted(" ".join(told)), counted(population)
    pairs = {*by_measure.filters, *by_population.filters}
    if by_measure.population or len({name for name, _ in pairs}) < len(pairs):
        return None
    full = by_population.full or what == FULL_RELEASES
    if full and what not in (RELEASED, FULL_RELEASES):
        return None
    return Counted(by_population.population, tuple(sorted(pairs)), full)
