"""Assertions from claims that a person confirmed, and from claims written as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from constancia.domain.claims.claim import ARTICLE, Claim, Period
from constancia.domain.claims.claimants import claimants, key_of
from constancia.domain.claims.reconcile.assertion import (
    FULL_RELEASES,
    LARGEST,
    NET_CHANGE,
    RELEASED,
    STOCKS,
    Assertion,
    Measure,
    Note,
    NotUsed,
    usable,
)
from constancia.domain.claims.reconcile.populations import counted
from constancia.domain.errors import InputRefused
from constancia.domain.names import fold
from constancia.domain.vocabulary.countries import countries
from constancia.domain.vocabulary.terms import ClaimUnit, Qualifier, Said

_VERIFIED = re.compile(r"\b(verif|confirm|regist|document|constat|count|contabil)")
MOST_CLAIMS = 2_000
RECENT = timedelta(days=31)
"""How long before a count an announcement may be that the count is taken to begin with."""
Read = tuple[list[Assertion], list[NotUsed]]


@dataclass(frozen=True, slots=True)
class Sourced:
    """A claim with what only its document knows. `document`: any key that is the document's own.

    `dated`: its words say of when it is; else its day is no more than that of its document.
    """

    id: str
    claim: Claim
    published: date | None
    document: str = ""
    dated: bool = True


def from_claim(claim: Claim, id: str, published: date | None, document: str = "") -> Assertion | NotUsed:
    """The claim as an assertion, or why none can be made of it."""
    said = counted(claim.category, _of_its_own_country(claim))
    what = FULL_RELEASES if said.full and claim.about is Said.RELEASED else claim.about.value
    period = claim.period or Period(None, None)
    end = claim.as_of or period.end
    least = -LARGEST if what == NET_CHANGE else 0
    if not least <= claim.value <= LARGEST or (
        claim.high is not None and not claim.value <= claim.high <= LARGEST
    ):
        return NotUsed(id, "value", str(claim.value)[:40])
    if claim.value < 0 and claim.qualifier not in (Qualifier.EXACT, Qualifier.ABOUT):
        return NotUsed(id, "fall", str(claim.value))
    if end is None:
        return NotUsed(id, "no_day")
    if not usable(end, period.start, period.end, published):
        return NotUsed(id, "date")
    measure = _measure(what, period, end)
    if measure is None:
        return NotUsed(id, "no_period")
    if measure is Measure.DAY:
        end = period.end or end
    if measure is Measure.CUMULATIVE and period.end is not None and period.end < end:
        end = period.end
    if period.start is not None and period.start > end:
        return NotUsed(id, "backwards")
    claimant = key_of(claim.claimant)
    return Assertion(
        id=id,
        claimant=f"{ARTICLE}:{document}" if claimant == ARTICLE else claimant,
        what=what,
        measure=measure,
        value=claim.value,
        qualifier=claim.qualifier,
        end=end,
        start=period.start if measure is not Measure.STOCK else None,
        published=published,
        population=said.population,
        filters=said.filters,
        verified=bool(_VERIFIED.search(fold(f"{claim.category} {claim.quote}"))),
        document=document,
        high=claim.high,
        name="" if claimant == ARTICLE else claim.claimant,
    )


def _of_its_own_country(claim: Claim) -> dict[str, str]:
    """The filters, less a country that is the one its claimant counts in: it leaves nobody out."""
    known = claimants().get(key_of(claim.claimant))
    country = countries().get(known.country) if known is not None else None
    names = {fold(name) for name in (known.country, *country.names)} if known and country else set()
    return {
        name: value for name, value in claim.filters.items() if name != "country" or fold(value) not in names
    }


def _measure(what: str, period: Period, end: date) -> Measure | None:
    if what in STOCKS:
        return Measure.STOCK
    if what == NET_CHANGE:
        return Measure.NET_CHANGE if period.start and period.end else None
    if period.start is not None and period.start == (period.end or end):
        return Measure.DAY
    return Measure.CUMULATIVE


def from_document(sourced: Sequence[Sourced]) -> Read:
    """The assertions of one document.

    A count of releases whose words say until when but not since when begins, where the same document tells
    of an announcement in the weeks before, on the day of the latest of them.
    """
    used: list[Assertion] = []
    unused: list[NotUsed] = []
    for one in sourced:
        made = from_claim(one.claim, one.id, one.published, one.document)
        if isinstance(made, NotUsed):
            unused.append(made)
        else:
            used.append(made)
    announced = sorted(a.end for a in used if a.what == Said.ANNOUNCED_RELEASE.value)
    dated = {one.id for one in sourced if one.dated}
    return [_started(a, announced if a.id in dated else ()) for a in used], unused


def _started(a: Assertion, announced: Sequence[date]) -> Assertion:
    if a.measure is not Measure.CUMULATIVE or a.start is not None:
        return a
    if a.what == Said.ANNOUNCED_RELEASE.value:
        return replace(a, measure=Measure.DAY, start=a.end)
    before = [day for day in announced if a.end - RECENT <= day <= a.end]
    if a.what == RELEASED and before:
        return replace(a, start=before[-1]).noted(Note.START_OF_ANNOUNCEMENT)
    return a.noted(Note.START_UNSTATED)


def from_gold(found: object, document: str) -> Read:
    """Claims in the shape of `Claim.shape()`: a list of them, or {"published": …, "claims": […]}.

    InputRefused: `claims.reconcile_json` where it is neither, `claims.reconcile_many`.
    """
    published, claims = None, found
    if isinstance(found, Mapping):
        published, claims = _day(found.get("published")), found.get("claims")
    if not isinstance(claims, list):
        raise InputRefused("claims.reconcile_json")
    if len(claims) > MOST_CLAIMS:
        raise InputRefused("claims.reconcile_many", limit=MOST_CLAIMS)
    sourced: list[Sourced] = []
    unused: list[NotUsed] = []
    for number, shape in enumerate(claims, start=1):
        id = f"{document}:{number}"
        try:
            sourced.append(_sourced(shape, id, published, document))
        except KeyError as missing:
            unused.append(NotUsed(id, "unreadable", str(missing.args[0])))
        except (TypeError, ValueError, AttributeError):
            unused.append(NotUsed(id, "unreadable"))
    used, more = from_document(sourced)
    return used, [*unused, *more]


def _sourced(shape: Mapping[str, Any], id: str, published: date | None, document: str) -> Sourced:
    period = shape.get("period")
    claim = Claim(
        quote=str(shape.get("quote") or ""),
        start=0,
        value=_whole(shape["value"]),
        qualifier=Qualifier(shape["qualifier"]),
        unit=ClaimUnit(shape["unit"]),
        about=Said(shape["about"]),
        claimant=str(shape["claimant"]),
        category=str(shape.get("category") or ""),
        filters={str(key): str(value) for key, value in (shape.get("filters") or {}).items()},
        as_of=_day(shape.get("as_of")),
        period=Period(_day(period.get("start")), _day(period.get("end"))) if period else None,
        high=None if shape.get("high") is None else _whole(shape["high"]),
    )
    said = _day(shape.get("published")) or published
    dated = bool(shape.get("time_words", True)) or said_otherwise(claim, said)
    return Sourced(id, claim, said, str(shape.get("document") or document), dated)


def said_otherwise(claim: Claim, published: date | None) -> bool:
    """Whether a claim is of another day than that of its document."""
    return claim.as_of is not None and claim.as_of != published


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(value)
    return value


def _day(value: object) -> date | None:
    return None if not value else date.fromisoformat(str(value)[:10])


def merged(reads: Iterable[Read]) -> Read:
    """Several readings as one; of two with the same id the later takes another, which is noted with it."""
    used: dict[str, Assertion] = {}
    unused: list[NotUsed] = []
    for some, others in reads:
        for one in some:
            id, number = one.id, 2
            while id in used:
                id, number = f"{one.id}#{number}", number + 1
            used[id] = one if id == one.id else replace(one, id=id).noted(Note.NAMED_TWICE)
        unused += others
    return list(used.values()), unused
