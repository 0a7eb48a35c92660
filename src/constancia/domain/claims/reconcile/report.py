"""One reconciliation from assertions to findings, and its JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from constancia.domain.claims.reconcile.assertion import MINUTES, TOLERANCE, Assertion, NotUsed
from constancia.domain.claims.reconcile.bounds import Bound, bounds
from constancia.domain.claims.reconcile.conflicts import Effort, Ids, set_aside, smallest
from constancia.domain.claims.reconcile.identities import Identity, identities
from constancia.domain.claims.reconcile.model import Model
from constancia.domain.claims.reconcile.reading import Component, Reading, components, read
from constancia.domain.claims.reconcile.repairs import Repair, Workshop
from constancia.domain.claims.reconcile.sentences import Speaker
from constancia.domain.claims.reconcile.strains import Strain, strains
from constancia.domain.errors import InputRefused
from constancia.domain.language import Language

EFFORT = 9_000
"""Questions to the solver that one reconciliation may ask, over all claimants: about a millisecond each."""
OF_ONE = {"conflicts": 0.45, "repairs": 0.3, "bounds": 0.25}
"""What each part may take of what falls to one claimant and population; what it leaves is for the next."""
MOST_OF_ONE = 150
"""Assertions of one claimant and population that are reasoned about together."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A smallest set of claims that cannot all be true, and what would settle it, cheapest first."""

    claims: Ids
    repairs: tuple[Repair, ...]
    strains: tuple[Strain, ...]
    falls: bool  # it is one total that is lower later
    first_number: int  # of the conflicts of its component, in the whole report


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one claimant and population. `aside`: claims that the bounds do without.
    `limited`: what was not sought to the end: conflicts, repairs, bounds."""

    component: Component
    conflicts: tuple[Conflict, ...]
    limited: tuple[str, ...]
    bounds: tuple[Bound, ...]
    strains: tuple[Strain, ...]
    aside: Ids


@dataclass(frozen=True, slots=True)
class Report:
    tolerance: float
    together: bool
    assertions: tuple[Assertion, ...]
    not_used: tuple[NotUsed, ...]
    identities: tuple[Identity, ...]
    findings: tuple[Finding, ...]

    @property
    def conflicts(self) -> list[Conflict]:
        return [one for finding in self.findings for one in finding.conflicts]

    @property
    def complete(self) -> bool:
        """Every smallest conflict is among those found."""
        return "conflicts" not in self.limited

    @property
    def limited(self) -> list[str]:
        return sorted({part for finding in self.findings for part in finding.limited})

    def speaker(self, language: Language) -> Speaker:
        return Speaker({a.id: a for a in self.assertions}, language, self.tolerance)


def reconcile(
    assertions: Iterable[Assertion],
    not_used: Iterable[NotUsed] = (),
    *,
    tolerance: float = TOLERANCE,
    together: bool = False,
    effort: int = EFFORT,
) -> Report:
    """What follows from the assertions, and which of them cannot all be true.

    InputRefused: `claims.reconcile_tolerance` where it is not from 0 to 0.9.
    """
    if not 0 <= tolerance <= 0.9:
        raise InputRefused("claims.reconcile_tolerance")
    unused = list(not_used)
    noted: list[Assertion] = []
    findings: list[Finding] = []
    left = Effort(effort)
    number = 1
    groups = sorted(components(assertions, together).items())
    unused += [NotUsed(a.id, "crowded") for _, those in groups if len(those) > MOST_OF_ONE for a in those]
    groups = [(component, those) for component, those in groups if len(those) <= MOST_OF_ONE]
    weight = sum(len(those) ** 2 for _, those in groups)
    for component, those in groups:
        share = left.left * len(those) ** 2 // weight
        weight -= len(those) ** 2
        (finding, read_), _ = left.share(share, partial(_finding, component, those, tolerance, number))
        number += len(finding.conflicts)
        findings.append(finding)
        noted += read_
    return Report(tolerance, together, tuple(noted), tuple(unused), tuple(identities(noted)), tuple(findings))


def _finding(
    component: Component, those: Sequence[Assertion], tolerance: float, number: int, effort: Effort
) -> tuple[Finding, list[Assertion]]:
    those = sorted(those, key=lambda a: (a.end, a.minute if a.minute is not None else -1, a.id))
    readings, noted = read(those, tolerance)
    parts = {part: int(effort.left * share) for part, share in OF_ONE.items()}
    found, limits = effort.share(parts["conflicts"], partial(smallest, readings))
    limited = [] if found.complete and not limits else ["conflicts"]
    aside = _aside(those, readings, found.conflicts)
    kept = [r for r in readings if r.id not in aside]
    shop = Workshop(noted, found.conflicts, frozenset(r.id for r in kept), tolerance)
    repairs, limits = effort.share(effort.left - parts["bounds"], shop.all_repairs)
    limited += ["repairs"] if limits else []
    tense = strains(readings, found.conflicts)
    conflicts = tuple(
        Conflict(
            ids,
            tuple(some),
            tuple(one for one in tense if {one.first, one.second} & ids),
            _falls([r for r in readings if r.id in ids]),
            number,
        )
        for ids, some in zip(found.conflicts, repairs, strict=True)
    )
    followed, limits = effort.share(effort.left, partial(bounds, kept))
    limited += ["bounds"] if limits else []
    return Finding(component, conflicts, tuple(limited), tuple(followed), tuple(tense), aside), noted


def _falls(those: Sequence[Reading]) -> bool:
    """Whether they are two lengths of one growing total, of which the later is lower."""
    if len(those) != 2 or any(r.kind != "flow" or r.wide.last is not None for r in those):
        return False
    one, other = sorted(those, key=lambda r: r.wide.known.minute)
    alike = (one.what, one.filters, one.wide.first) == (other.what, other.filters, other.wide.first)
    return alike and other.high is not None and one.low > other.high


def _aside(those: Sequence[Assertion], readings: Sequence[Reading], conflicts: Sequence[Ids]) -> Ids:
    """The fewest claims without which the rest can all be true; of two, the one published earlier."""
    said = sorted({a.published or a.end for a in those})
    cost = {a.id: 1 + 0.001 * said.index(a.published or a.end) / len(said) for a in those}
    aside = set(set_aside(conflicts, cost))
    if not Model([r for r in readings if r.id not in aside]).program.feasible():
        # The search was cut short: leave out whatever stands in the way, the earliest published first.
        order = sorted(those, key=lambda a: (a.published or a.end, a.id), reverse=True)
        kept: list[str] = []
        model = Model(readings)
        for a in order:
            if a.id not in aside and model.feasible([*kept, a.id]):
                kept.append(a.id)
        aside = {a.id for a in those} - set(kept)
    return frozenset(aside)


def shape(report: Report, language: Language) -> dict[str, Any]:
    """The report as one JSON object with stable keys."""
    say = report.speaker(language)
    order = {a.id: place for place, a in enumerate(report.assertions)}
    return {
        "tolerance": report.tolerance,
        "together": report.together,
        "complete": report.complete,
        "limited": report.limited,
        "assertions": [_assertion(a, say, report.tolerance) for a in report.assertions],
        "not_used": [
            {
                "id": one.id,
                "reason": one.reason,
                "row": one.row or None,
                "column": one.column or None,
                "written": one.detail or None,
                "words": say.unused(one),
            }
            for one in report.not_used
        ],
        "identities": [
            {
                "kind": one.kind,
                "plus": list(one.plus),
                "minus": list(one.minus),
                "total": one.total,
                "words": say.identity(one),
            }
            for one in report.identities
        ],
        "bounds": [_bound(one, finding, say) for finding in report.findings for one in finding.bounds],
        "conflicts": [
            _conflict(one, one.first_number + place, finding, say, order)
            for finding in report.findings
            for place, one in enumerate(finding.conflicts)
        ],
        "suspects": [
            {"claim": id, "conflicts": numbers, "words": say.assertion(id)}
            for id, numbers in suspects(report)
        ],
        "strains": [_strain(one, say) for finding in report.findings for one in finding.strains],
        "set_aside": sorted(
            (id for finding in report.findings for id in finding.aside), key=order.__getitem__
        ),
    }


def suspects(report: Report) -> list[tuple[str, list[int]]]:
    """Claims that stand in more than one conflict, those in most first, with the conflicts' numbers."""
    found: dict[str, list[int]] = {}
    for number, conflict in enumerate(report.conflicts, start=1):
        for id in conflict.claims:
            found.setdefault(id, []).append(number)
    place = {a.id: n for n, a in enumerate(report.assertions)}
    several = [(id, numbers) for id, numbers in found.items() if len(numbers) > 1]
    return sorted(several, key=lambda pair: (-len(pair[1]), place[pair[0]]))


def global_numbers(conflict: Conflict, places: Iterable[int]) -> list[int]:
    """Places within a component as numbers in the report."""
    return [conflict.first_number + place for place in places]


def _assertion(a: Assertion, say: Speaker, tolerance: float) -> dict[str, Any]:
    low, high = a.bounds(tolerance)
    return {
        "id": a.id,
        "claimant": a.claimant,
        "what": a.what,
        "measure": a.measure.value,
        "population": a.population,
        "filters": dict(a.filters),
        "value": a.value,
        "high": a.high,
        "qualifier": a.qualifier.value,
        "lowest": low,
        "highest": high,
        "start": a.start.isoformat() if a.start else None,
        "as_of": a.end.isoformat(),
        "clock": None if a.minute is None else f"{a.minute // 60:02d}:{a.minute % 60:02d}",
        "published": a.published.isoformat() if a.published else None,
        "words": say.assertion(a.id),
        "assumed": say.notes(a.id),
    }


def _bound(one: Bound, finding: Finding, say: Speaker) -> dict[str, Any]:
    who = finding.component[0]
    return {
        "kind": one.kind,
        "claimant": who,
        "population": finding.component[1],
        "what": one.what,
        "filters": dict(one.filters),
        "of": one.of or None,
        "since": None if one.since is None else date.fromordinal(one.since // MINUTES).isoformat(),
        "after": say.instant(one.after) if one.after else None,
        "until": say.until(one),
        "assumed": [date.fromordinal(minute // MINUTES).isoformat() for minute in one.assumed],
        "lowest": one.low,
        "highest": one.high,
        "lowest_claims": list(one.low_claims),
        "highest_claims": list(one.high_claims),
        "words": say.bound(one, who),
    }


def _conflict(
    one: Conflict, number: int, finding: Finding, say: Speaker, order: Mapping[str, int]
) -> dict[str, Any]:
    back = next((r.amount for r in one.repairs if r.kind == "retraction" and one.falls), 0)
    return {
        "number": number,
        "claimant": finding.component[0],
        "population": finding.component[1],
        "claims": sorted(one.claims, key=order.__getitem__),
        "words": say.conflict(one.claims, back),
        "repairs": [
            {
                "kind": r.kind,
                "claim": r.claim or None,
                "value": r.value,
                "as_of": r.end.isoformat() if r.end else None,
                "amount": r.amount,
                "cost": r.cost,
                "settles": global_numbers(one, r.settles),
                "leaves": global_numbers(one, r.leaves),
                "adds": r.adds,
                "words": say.repair(r, global_numbers(one, r.leaves)),
            }
            for r in one.repairs
        ],
        "strains": [_strain(strain, say) for strain in one.strains],
    }


def _strain(one: Strain, say: Speaker) -> dict[str, Any]:
    return {
        "claims": [one.first, one.second],
        "needed": one.needed,
        "days": one.days,
        "record": one.record,
        "words": say.strain(one),
    }
