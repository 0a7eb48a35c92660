"""What makes a register real: reports nobody confirmed, doubts, double entries, amnesties after release.

All of it is laid on people in such a way that no published number moves, save the full releases,
which the amnesties of people already out make up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import cycle
from random import Random

from constancia.apps.demo import days
from constancia.apps.demo.cases import VOLUNTEER, Case
from constancia.apps.demo.notebook import Signature
from constancia.apps.demo.scenario import Entry, Exit, Scenario
from constancia.domain.vocabulary.terms import IdentityVerdict, ReleaseKind

_WAVE = date(2026, 1, 8)
_TWICE = date(2026, 2, 11)
_NOTICED_BY_NOBODY = date(2026, 2, 22)


def lay_on(scenario: Scenario, rng: Random, cases: Mapping[tuple[Entry, Exit], Sequence[Case]]) -> None:
    """Adds the extras of the scenario to the cases already written."""
    extras = scenario.extras
    held = list(cases["baseline", "held"])
    vanished = [case for case in held if case.traits.vanished]
    plain = [case for case in held if case.is_plain and case.twin is None]
    rng.shuffle(plain)
    spare = iter(plain)
    for case in vanished[: extras.whereabouts_found]:
        case.located(_between(rng, _WAVE, date(2026, 2, 20)))
    for case in _next(spare, extras.pending_out):
        day = _between(rng, _WAVE + timedelta(days=1), date(2026, 2, 22))
        case.said_to_be_out(day, day)
    for case in _next(spare, extras.denied_out):
        day = _between(rng, _WAVE + timedelta(days=2), date(2026, 2, 10))
        said = case.said_to_be_out(day, day)
        case.taken_back(day + timedelta(days=3), said, "La familia lo vio en prisión después.")
    for case in _next(spare, extras.arrest_doubts):
        other_day = case.arrested + timedelta(days=rng.randint(1, 3))
        case.doubted_by_press(case.known + timedelta(days=4), other_day)
    for case in cases["baseline", "duplicate"]:
        _is_another(case)
    known_by_then = [case for case in cases["late", "held"] if case.known < _TWICE]
    for case in known_by_then[: extras.double_entries]:
        _entered_twice(case)
    for case, other in zip(_next(spare, extras.namesakes), _next(spare, extras.namesakes), strict=True):
        reason = "Homónimos: las fechas de nacimiento no coinciden."
        case.judged(date(2026, 2, 3), other.person, IdentityVerdict.DIFFERENT, reason)
    _taken_again_within_hours(cases["baseline", "wave"], extras.returned_within_hours)
    _amnesties(scenario, cases)
    for case in _next(spare, extras.suspected_doubles):
        _entered_again(case)


def _between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randint(0, (last - first).days))


def _next(spare: Iterator[Case], number: int) -> list[Case]:
    return [next(spare) for _ in range(number)]


def _is_another(case: Case) -> None:
    """Both were counted on 20 December; from the judgement on they are one person."""
    assert case.twin is not None
    reason = "Mismo documento y misma familia; el nombre se escribió de dos maneras."
    case.judged(date(2026, 1, 20), case.twin.person, IdentityVerdict.SAME, reason)


def _entered_twice(case: Case) -> None:
    """A volunteer enters somebody whom the register has already; the desk sees it a week later."""
    twin = Case(case.notebook, case.rng, case.traits, case.framework)
    twin.arrested = case.arrested
    moment = twin.opened(_TWICE, VOLUNTEER)
    source = twin.relative(moment)
    name = case.traits.variant
    twin.notebook.fact(moment, "name", (twin.person, None), {"full": name.full}, source)
    twin.entered(moment, source, days.in_month(case.arrested), "", Signature())
    reason = "El voluntariado registró de nuevo un caso que ya estaba."
    twin.judged(_TWICE + timedelta(days=7), case.person, IdentityVerdict.SAME, reason)


def _entered_again(case: Case) -> None:
    """A volunteer enters somebody whom the register has already, and nobody has noticed: left for the queue
    of duplicates. Without a recognition it is in none of the published counts."""
    # Dice of its own: everything else of the register falls as it would without this.
    twin = Case(case.notebook, Random(case.person), case.traits, case.framework)
    twin.arrested = case.arrested
    moment = twin.opened(_NOTICED_BY_NOBODY, VOLUNTEER)
    source = twin.relative(moment)
    about = (twin.person, None)
    twin.notebook.fact(moment, "name", about, {"full": case.traits.variant.full}, source)
    twin.notebook.fact(moment, "sex", about, {"value": case.traits.sex}, source)
    twin.entered(moment, source, days.in_month(case.arrested), "", Signature())


def _taken_again_within_hours(wave: Sequence[Case], number: int) -> None:
    """Released on 8 February and arrested again that evening: held again, and one release all the same."""
    day = date(2026, 2, 8)
    fit = [case for case in wave if case.released == day and case.is_plain]
    for case in fit[:number]:
        case.taken_again(day + timedelta(days=1), day, "Enero de 2026")
        case.returned = True


def _amnesties(scenario: Scenario, cases: Mapping[tuple[Entry, Exit], Sequence[Case]]) -> None:
    """Amnesty of people already out: the case ends and with it the measures; nobody leaves prison by it."""
    amnesty = scenario.amnesty
    granted = cycle(amnesty.days)
    groups = (
        (cases["baseline", "wave"], amnesty.released_in_wave),
        (cases["baseline", "christmas"], amnesty.released_at_christmas),
        (cases["historic", "past"], amnesty.released_before),
    )
    for candidates, number in groups:
        fit = [
            case
            for case in candidates
            if case.release_kind is ReleaseKind.UNDER_MEASURES
            and case.released is not None
            and case.released < date(2026, 2, 10)
            and not case.returned
        ]
        if len(fit) < number:
            raise ValueError(f"only {len(fit)} people out under measures for {number} amnesties")
        for case in fit[:number]:
            day = next(granted)
            case.amnestied(day, day)
