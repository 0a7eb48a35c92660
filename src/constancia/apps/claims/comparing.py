"""Everybody's figures beside ours, and the bridge between two of them. Shapes out, as figures give them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.claims.queries import ClaimLine, confirmed
from constancia.apps.claims.standing import state_of_decisions
from constancia.apps.figures import queries as figures
from constancia.apps.figures.remembered import remembered
from constancia.domain.claims.claimants import claimants, printed
from constancia.domain.claims.comparable import (
    NotComparable,
    Question,
    abroad,
    day_of,
    population,
    question,
    unexplained,
)
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.vocabulary.terms import Said

Json = dict[str, Any]

OLDEST = 92
"""Days for which a claimant's last figure is still shown beside a day."""


def compare(
    user: User,
    about: Said,
    last: date,
    first: date | None = None,
    known_at: date | datetime | None = None,
    traits: dict[str, str] | None = None,
    claimant: str | None = None,
) -> Json:
    """Every claimant's figure of one kind beside ours.

    For a day (`first` None): of each claimant the last of the day or before, at most OLDEST days old. For a
    period: all whose day lies in it, and whose own period does not begin before it. Claims about people of
    other countries stay out. `traits`: the part of those held that is meant (none: all of them). `known_at`:
    what the register knew, and which claims were confirmed (now).

    {"about", "first", "last", "known_at", "traits", "ours": figure for the day under the house's rule,
    "claims": [{…as `beside`…, "again": numbers of the claims that say the same elsewhere}]}
    Raises NotAllowed, InputRefused `figure.period` where it begins after it ends.
    """
    allow(user, Permission.FIGURES_READ)
    if first is not None and first > last:
        raise InputRefused("figure.period", start=first.isoformat(), end=last.isoformat())
    instant = _instant(known_at)
    chosen, again = said_of(user, about, last, first, instant, traits, claimant)
    ours = None
    if about is Said.HELD:
        asked = Question("held", last, None, traits or {})
        ours = _counted(user, asked, known_at, None)
    return {
        "about": about.value,
        "first": first.isoformat() if first else None,
        "last": last.isoformat(),
        "known_at": instant.isoformat() if instant else None,
        "traits": traits or {},
        "ours": ours,
        "claims": [{**beside(user, line, known_at), "again": again[line.number]} for line in chosen],
    }


def said_of(
    user: User,
    about: Said,
    last: date,
    first: date | None,
    instant: datetime | None,
    traits: dict[str, str] | None = None,
    claimant: str | None = None,
) -> tuple[list[ClaimLine], dict[int, list[int]]]:
    """The claims that `compare` lays beside our count, by day, and the numbers of those that repeat each."""
    lines = [
        line
        for line in lines_confirmed(user, instant)
        if line.claim.about is about
        and not abroad(line.claim)
        and population(line.claim) == (traits or {})
        and claimant in (None, line.claimant_key)
        and _lies(line, first, last)
    ]
    chosen, again = _once(lines)
    return sorted(chosen if first else _latest(chosen), key=_order), again


def beside(user: User, line: ClaimLine, known_at: date | datetime | None = None) -> Json:
    """One claim with what we count for the same day, period and people.

    "ours": under the house's rule; "restated": under the claimant's own, where we know it; "then": under the
    same rule, as we knew it by the end of the day on which the claim was published, and "late": what we have
    learned since. "difference": the claim's number less what we knew then (what we know, where nobody knows
    when it was published); "unexplained": how far that is from anything that the claim allows.
    """
    asked = question(line.claim, line.published)
    found: Json = {
        **line.claim.shape(),
        "number": line.number,
        "claimant_key": line.claimant_key,
        "claimant_name": printed(line.claimant_key)
        if line.claimant_key in claimants()
        else line.claim.claimant,
        "document": line.document,
        "document_title": line.document_title,
        "publisher": line.publisher,
        "published": line.published.isoformat() if line.published else None,
        "confirmed_at": line.decided_at.isoformat() if line.decided_at else None,
        "day": _iso(day_of(line.claim, line.published)),
        "rule": rule_of(line.claimant_key),
        "ours": None,
        "restated": None,
        "then": None,
        "late": None,
        "difference": None,
        "unexplained": None,
        "not_comparable": None,
    }
    if isinstance(asked, NotComparable):
        return {**found, "not_comparable": asked.why}
    if not figures.speaks_of(user, asked.within):
        return {**found, "not_comparable": "traits"}
    found["ours"] = _counted(user, asked, known_at, None)
    if found["rule"]:
        found["restated"] = _counted(user, asked, known_at, found["rule"])
    if line.published is not None:
        then = line.published if known_at is None else min(line.published, _instant_day(known_at))
        found["then"] = _counted(user, asked, then, found["rule"])
    now = (found["restated"] or found["ours"])["value"]
    known = found["then"]["value"] if found["then"] else now
    found["late"] = now - known
    found["difference"] = line.claim.value - known
    found["unexplained"] = unexplained(line.claim, known)
    return found


def rule_of(claimant_key: str) -> str | None:
    """The population rule of ours that restates a claimant's way of counting; None where we know none."""
    known = claimants().get(claimant_key)
    return known.rule or None if known else None


def bridge(user: User, first: int, second: int, known_at: date | datetime | None = None) -> Json:
    """From one organisation's figure to another's, through our register, and what it does not explain.

    {"first", "second": claims as `beside` gives them, "terms": [{"term", "change", …}]}: the first claim and
    the changes of all terms make the second. Terms: "unexplained_first", "late_first" (what we learned after
    the claim was published), "days" (our count between the two days, under the first rule), one for each
    difference between the rules, "late_second", "unexplained_second".
    Raises NotFound `claim.not_found`, InputRefused `claims.no_bridge` where a rule is not known to us or
    the claims are not of people held.
    """
    lines = {line.number: line for line in lines_confirmed(user, _instant(known_at))}
    if first not in lines or second not in lines:
        raise NotFound("claim.not_found")
    one, other = (beside(user, lines[number], known_at) for number in (first, second))
    for side in (one, other):
        if side["about"] != Said.HELD or side["restated"] is None or side["restated"]["within"]:
            raise InputRefused("claims.no_bridge", number=side["number"])
    day, later = (date.fromisoformat(side["restated"]["as_of"]) for side in (one, other))
    moved = figures.figure(user, "held", later, known_at, one["rule"])
    between = figures.bridge(user, one["rule"], other["rule"], later, known_at)
    terms: list[Json] = [
        {"term": "unexplained_first", "change": -one["difference"]},
        {"term": "late_first", "change": one["late"]},
    ]
    if day != later:
        change = moved["value"] - one["restated"]["value"]
        terms.append({"term": "days", "change": change, "from": day.isoformat(), "to": later.isoformat()})
    terms += [
        {"term": step["difference"], "step": order, **step} for order, step in enumerate(between["steps"])
    ]
    terms.append({"term": "late_second", "change": -other["late"]})
    terms.append({"term": "unexplained_second", "change": other["difference"]})
    return {"first": one, "second": other, "known_at": between["known_at"], "terms": terms}


def bridgeable(claims: Iterable[Json]) -> list[Json]:
    """Those of the compared claims between which a bridge can be built."""
    return [
        one
        for one in claims
        if one["about"] == Said.HELD and one["restated"] is not None and not one["restated"]["within"]
    ]


def over_time(
    user: User, first: date, last: date, known_at: date | datetime | None = None, rule: str | None = None
) -> Json:
    """Our daily count of those held, and every claimant's figures of all those held, for one chart.

    {"ours": series, "claimants": [{"key", "name", "points": [{"day", "value", "qualifier", "number"}]}]}
    """
    ours = figures.series(user, "held", first, last, "daily", known_at, rule)
    found: dict[str, list[ClaimLine]] = {}
    for line in lines_confirmed(user, _instant(known_at)):
        if line.claim.about is not Said.HELD or abroad(line.claim) or population(line.claim):
            continue
        if _lies(line, first, last):
            found.setdefault(line.claimant_key, []).append(line)
    return {
        "ours": ours,
        "claimants": [
            {
                "key": key,
                "name": printed(key) if key in claimants() else lines[0].claim.claimant,
                "points": [
                    {
                        "day": _iso(day_of(line.claim, line.published)),
                        "value": line.claim.value,
                        "qualifier": line.claim.qualifier.value,
                        "number": line.number,
                        "document": line.document,
                    }
                    for line in sorted(lines, key=_order)
                ],
            }
            for key, lines in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        ],
    }


def lines_confirmed(user: User, instant: datetime | None = None) -> Sequence[ClaimLine]:
    """As `queries.confirmed`, kept until somebody decides on a claim: one page asks for it several times."""
    allow(user, Permission.CLAIMS_READ)
    decided = state_of_decisions()
    return remembered(("confirmed", decided, instant), lambda: confirmed(user, instant))


def _counted(user: User, asked: Question, known_at: date | datetime | None, rule: str | None) -> Json:
    return remembered(
        (
            "counted",
            asked.figure,
            asked.as_of,
            known_at,
            rule,
            tuple(sorted(asked.within.items())),
            asked.start,
        ),
        lambda: figures.counted(
            user, asked.figure, asked.as_of, known_at, rule, within=asked.within, start=asked.start
        ),
    )


def _instant(known_at: date | datetime | None) -> datetime | None:
    if known_at is None:
        return None
    return figures.instant(known_at)


def _instant_day(known_at: date | datetime) -> date:
    return known_at.astimezone(figures.zone()).date() if isinstance(known_at, datetime) else known_at


def _once(lines: Sequence[ClaimLine]) -> tuple[list[ClaimLine], dict[int, list[int]]]:
    """Each claim once, where it was published first, and the numbers of those that say the same."""
    found: dict[tuple[object, ...], list[ClaimLine]] = {}
    for line in sorted(lines, key=lambda line: (line.published or date.max, line.number)):
        claim = line.claim
        said = (line.claimant_key, claim.value, claim.high, claim.qualifier, claim.as_of, claim.period)
        found.setdefault(said, []).append(line)
    chosen = [same[0] for same in found.values()]
    return chosen, {same[0].number: [line.number for line in same[1:]] for same in found.values()}


def _lies(line: ClaimLine, first: date | None, last: date) -> bool:
    day = day_of(line.claim, line.published)
    if day is None or day > last:
        return False
    period = line.claim.period
    if first and period is not None and period.start is not None and period.start < first:
        return False
    return day >= first if first else (last - day).days <= OLDEST


def _latest(lines: Sequence[ClaimLine]) -> list[ClaimLine]:
    """Of each claimant the claim of the latest day; of several of one day the one published last."""
    found: dict[str, ClaimLine] = {}
    for line in sorted(lines, key=_order):
        found[line.claimant_key] = line
    return list(found.values())


def _order(line: ClaimLine) -> tuple[date, date, int]:
    day = day_of(line.claim, line.published) or date.min
    return day, line.published or date.min, line.number


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
