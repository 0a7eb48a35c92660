"""Assertions and findings in words, Spanish and English; the words are in `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from constancia.domain.claims.claim import ARTICLE
from constancia.domain.claims.claimants import ORGANISATION, claimants
from constancia.domain.claims.reconcile.assertion import (
    MINUTES,
    OURS,
    Assertion,
    Measure,
    Note,
    NotUsed,
)
from constancia.domain.claims.reconcile.bounds import Bound
from constancia.domain.claims.reconcile.bulletins import Instant
from constancia.domain.claims.reconcile.conflicts import Ids
from constancia.domain.claims.reconcile.identities import Identity
from constancia.domain.claims.reconcile.reading import TOGETHER
from constancia.domain.claims.reconcile.repairs import Repair
from constancia.domain.claims.reconcile.strains import Strain
from constancia.domain.dates.build import day as known_day
from constancia.domain.dates.words import in_words
from constancia.domain.figures.dimensions import Dimension
from constancia.domain.figures.rule import rule as rule_named
from constancia.domain.figures.words import of_category, of_dimension
from constancia.domain.language import Language
from constancia.domain.vocabulary.states import state_label


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


class Speaker:
    """Says what was found among `assertions`."""

    def __init__(self, assertions: Mapping[str, Assertion], language: Language, tolerance: float) -> None:
        self._assertions = assertions
        self._language = language
        self._tolerance = tolerance

    def assertion(self, id: str, published: bool = True) -> str:
        """ "Foro Penal: 902 held on 20 December 2025, published …" """
        a = self._assertions[id]
        said = f"{self.claimant(a)}: {self._say('qualifier', a.qualifier.value)}{a.value}"
        if a.high is not None and a.high != a.value:
            said += f"–{a.high}"
        said += f" {self.what(a.what, one=a.high in (None, a.value) and a.value == 1)}"
        named = [self.category(pair) for pair in a.filters] + ([a.population] if a.population else [])
        said += f" ({', '.join(named)})" if named else ""
        said += f" {self._when(a)}"
        if published and a.published is not None and a.published != a.end:
            said += self._say("when", "known" if a.own else "published", day=self.day(a.published))
        return said

    def notes(self, id: str) -> list[str]:
        a = self._assertions[id]
        start = self.day(a.start) if a.start else ""
        notes = [note for note in a.notes if not (a.own and note is Note.LOOKS_BACK)]  # ours says so itself
        return [self._say("note", note.value, start=start, id=id) for note in notes]

    def unused(self, one: NotUsed) -> str:
        """With its row and column, and what is written there."""
        words = self._say("unused", one.reason)
        if one.detail:
            words += f": «{one.detail}»"
        if not one.row:
            return words
        place = "cell" if one.column else "row"
        return self._say("unused", place, row=one.row, column=one.column, words=words)

    def bound(self, one: Bound, who: str) -> str:
        """The conditions and what follows from them."""
        claims = dict.fromkeys((*one.low_claims, *one.high_claims))
        first = self._say("bound", "ifs" if len(claims) != 1 else "if", count=len(claims), which=self._this())
        for minute in one.assumed:
            first += self._say("bound", "after_list", day=self.day(date.fromordinal(minute // MINUTES)))
        told = self._say(
            "bound",
            one.kind,
            who=self._name(who),
            low=one.low,
            amount=self._amount(one.low, one.high),
            after=self.instant(one.after),
            until=self.until(one),
            what=self.what(one.what, one=one.high in (None, one.low) and one.low == 1),
            category=", ".join(self.category(pair) for pair in one.filters),
            of=self.assertion(one.of, published=False) if one.of else "",
        )
        return f"{first}, {told}"

    def until(self, one: Bound) -> str:
        """The end of the time that a bound is about: of a part of a figure, the figure's own day."""
        if not one.of:
            return self.instant(one.until)
        a = self._assertions[one.of]
        if one.kind == "verified_later" and a.last_published is not None:
            return self.day(a.last_published)
        return self.day(a.end) + self._clock(a.minute)

    def conflict(self, ids: Ids, taken_back: int) -> str:
        order = [id for id in self._assertions if id in ids]
        claims = "; ".join(self.assertion(id) for id in order)
        said = self._say("conflict", "many" if len(order) > 1 else "one", count=len(order), claims=claims)
        if taken_back:
            said += self._say("conflict", "taken_back", amount=taken_back)
        if any(self._assertions[id].qualifier.value == "about" for id in order):
            said += self._say("conflict", "about", percent=f"{self._tolerance * 100:g}")
        return said

    def repair(self, one: Repair, leaves: list[int]) -> str:
        said = self._say(
            "repair",
            one.kind,
            claim=self.assertion(one.claim, published=False) if one.claim else "",
            value=one.value,
            end=self.day(one.end) if one.end else "",
            amount=f"{one.amount:+d}" if one.kind == "day" else one.amount,
        )
        said += self._say("repair", "leaves", numbers=", ".join(map(str, leaves))) if leaves else ""
        return said + (self._say("repair", "adds") if one.adds else "")

    def strain(self, one: Strain) -> str:
        return self._say(
            "conflict",
            "strain",
            first=self.assertion(one.first, published=False),
            second=self.assertion(one.second, published=False),
            needed=one.needed,
            days=self._say("span", "day" if one.days == 1 else "days", days=one.days),
            record=one.record,
            of=self._when(self._assertions[one.of_record]),
        )

    def identity(self, one: Identity) -> str:
        values = {id: self._assertions[id].value for id in (*one.plus, *one.minus, one.total)}
        return self._say(
            "identity",
            one.kind,
            plus=" + ".join(str(values[id]) for id in one.plus),
            minus=" − ".join(str(values[id]) for id in one.minus),
            total=values[one.total],
            of=self.assertion(one.total, published=False),
        )

    def claimant(self, a: Assertion) -> str:
        """Who states it: as the house prints it, else as it was written."""
        if a.claimant.startswith(f"{ARTICLE}:"):
            return self._say("when", "article", document=a.document)
        if a.own:
            return self._name(a.claimant)
        known = claimants().get(a.claimant)
        if known and (known.kind == ORGANISATION or not a.name):
            return known.short  # an office is called as the text calls it, in the text's language
        return a.name or self._name(a.claimant)

    def what(self, what: str, *, one: bool = False) -> str:
        """What is counted: `one` of it, where its word changes."""
        return self._say("one" if one and what in _words()["one"] else "what", what)

    def category(self, pair: tuple[str, str]) -> str:
        key = ".".join(pair)
        if key in _words()["category"]:
            return self._say("category", key)
        dimension, category = pair
        if dimension not in set(Dimension):
            return category
        if dimension == Dimension.STATE:
            named = state_label(category, self._language)
        else:
            named = of_category(dimension, category, self._language)
        return f"{of_dimension(dimension, self._language).lower()}: {named}"

    def day(self, day: date) -> str:
        return in_words(known_day(day), self._language)

    def instant(self, one: Instant | None) -> str:
        """The day, and the clock where it is one that was stated."""
        if one is None:
            return self._say("when", "beginning")
        day, minute = divmod(one.minute, MINUTES)
        said = self.day(date.fromordinal(day))
        return said if one.tag else said + self._clock(minute)

    def _clock(self, minute: int | None) -> str:
        if minute is None:
            return ""
        after, minute = divmod(minute, MINUTES)
        key = "clock_after" if after else "clock"
        return self._say("when", key, clock=f"{minute // 60:02d}:{minute % 60:02d}")

    def _when(self, a: Assertion) -> str:
        kind = "since"
        if a.measure is Measure.STOCK:
            kind = "stock"
        elif a.measure is Measure.DAY:
            kind = "day"
        elif a.start is None:
            kind = "until"
        start = self.day(a.start) if a.start else ""
        return self._say("when", kind, start=start, end=self.day(a.end) + self._clock(a.minute))

    def _name(self, who: str) -> str:
        if who in (OURS, TOGETHER):
            return self._say("when", "ours" if who == OURS else "together")
        if who.startswith(f"{OURS}:"):
            label = rule_named(who.removeprefix(f"{OURS}:")).label
            return self._say("when", "ours_rule", rule=label.en if self._language == "en" else label.es)
        known = claimants().get(who)
        if known and known.kind == ORGANISATION:
            return known.short
        named = next((a for a in self._assertions.values() if a.claimant == who), None)
        return self.claimant(named) if named is not None and named.name != who and named.name else who

    def _amount(self, low: int, high: int | None) -> str:
        if high is None:
            return self._say("bound", "at_least", low=low)
        if low == high:
            return self._say("bound", "exactly", low=low)
        return self._say("bound", "between" if low else "at_most", low=low, high=high)

    def _this(self) -> str:
        return "esta" if self._language == "es" else "this"

    def _say(self, part: str, key: str, **named: object) -> str:
        found: str = _words()[part][key][self._language]
        return found.format(**named) if named else found
