"""The whole demonstration, worked out beforehand: cohorts become cases, cases become events.

Pure and deterministic: the same scenario gives the same events. What happened and when it was learned
are drawn apart, for that is what the demonstration is about.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

from constancia.apps.demo import days, extras
from constancia.apps.demo.cases import VOLUNTEER, Case, sitting
from constancia.apps.demo.events import Event
from constancia.apps.demo.notebook import Moment, Notebook, Signature
from constancia.apps.demo.people import drawn, prisons_for, weighted
from constancia.apps.demo.scenario import Cohort, Entry, Exit, Scenario
from constancia.domain.dates import ImpreciseDate
from constancia.domain.vocabulary.terms import Nationality, RecognitionOutcome, ReleaseKind, Sex

BALANCE_DAY = date(2025, 12, 20)
CHRISTMAS = date(2025, 12, 25)
OPERATION = date(2026, 1, 3)
WAVE = date(2026, 1, 8)
_DAILY_FROM = BALANCE_DAY + timedelta(days=1)
_CHRISTMAS_ROUNDS = ((19, 12 * 60), (7, 16 * 60), (19, 20 * 60))
"""How many releases were confirmed in each round of that day, and the minute at which it began."""
_CHRISTMAS_LATER = ((5, 26), (3, 27), (2, 28), (4, 29), (2, 30))
_NEAR_A_COUNT: dict[tuple[Entry, Exit], tuple[date, date]] = {
    ("baseline", "held"): (date(2025, 12, 15), BALANCE_DAY),
    ("new", "held"): (date(2026, 2, 19), date(2026, 2, 23)),
}
"""Middle day and known day of arrests told as "within these nine days": counted, but not with certainty."""
_LATE_WAVE_FROM, _LATE_WAVE_TO = date(2026, 1, 22), date(2026, 2, 19)

Cases = dict[tuple[Entry, Exit], list[Case]]


def plan(scenario: Scenario) -> list[Event]:
    """Every event of the demonstration, in order of known time. About 30,000; takes a second or two."""
    return Planner(scenario).events()


class Planner:
    """Writes the cohorts one after the other. `cases` holds what came of each, by (entry, exit)."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.rng = Random(scenario.seed)
        self.notebook = Notebook(ZoneInfo(scenario.zone))
        self.cases: Cases = defaultdict(list)
        self._wave = self._share_out_the_wave()

    def events(self) -> list[Event]:
        for cohort in self.scenario.cohorts:
            cases = [
                Case(self.notebook, self.rng, traits, self.scenario.framework)
                for traits in drawn(self.rng, cohort, self.scenario)
            ]
            if cohort.exit == "duplicate":
                for case in cases:
                    self._make_twin(case)
            self.cases[cohort.entry, cohort.exit] = cases
            for index, case in enumerate(cases):
                self._comes_in(cohort, case, index)
                self._in_between(cohort, case)
            self._go_out(cohort, cases)
        extras.lay_on(self.scenario, self.rng, self.cases)
        return self.notebook.events()

    def _make_twin(self, case: Case) -> None:
        """`case` is somebody already held, under another spelling."""
        held = self.cases["baseline", "held"]
        fit = (one for one in held if one.is_plain and one.traits.sex is Sex.MAN and one.twin is None)
        twin = next(one for one in fit if one.traits.variant != one.traits.name)
        case.twin, twin.twin = twin, case
        case.traits = replace(twin.traits, name=twin.traits.variant)

    # ------------------------------------------------------------ days

    def _between(self, first: date, last: date) -> date:
        return first + timedelta(days=self.rng.randint(0, (last - first).days))

    def _entered_on(self, learned: date) -> date:
        return sitting(learned, self.scenario.opens, _DAILY_FROM)

    def _arrest_day(self, cohort: Cohort, index: int) -> date:
        if self._near_a_count(cohort, index):
            return _NEAR_A_COUNT[cohort.entry, cohort.exit][0]
        match cohort.entry:
            case "new":
                last = date(2026, 1, 6) if cohort.exit == "wave" else date(2026, 2, 18)
                return self._between(date(2025, 12, 22), last)
            case "historic" | "returned":
                return self._between(date(2024, 2, 1), date(2025, 6, 30))
            case "short" if index < 12:
                return self._between(date(2026, 1, 4), date(2026, 1, 6))
            case "short":
                return self._between(date(2024, 8, 1), date(2025, 11, 20))
        year, month = map(int, weighted(self.rng, self.scenario.weights.arrest_month).split("-"))
        first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        if (year, month) == (2024, 7):
            first = date(2024, 7, 28)
        return self._between(first, min(last, date(2025, 12, 17)))

    def _learned_on(self, cohort: Cohort, case: Case, index: int) -> date:
        """When the register first heard of the case."""
        arrested = case.arrested
        if self._near_a_count(cohort, index):
            return _NEAR_A_COUNT[cohort.entry, cohort.exit][1]
        match cohort.entry, cohort.exit:
            case "late", "wave":
                return self._between(WAVE + timedelta(days=1), _LATE_WAVE_FROM - timedelta(days=1))
            case "late", _:
                return self._between(WAVE + timedelta(days=1), date(2026, 2, 23))
            case "new", "wave":
                return min(arrested + timedelta(days=self.rng.randint(1, 6)), date(2026, 1, 12))
            case "new", _:
                return min(arrested + timedelta(days=self.rng.randint(1, 6)), date(2026, 2, 23))
            case "short", _:
                return arrested + timedelta(days=1)
            case "reported", _ if index % 2:
                return self._between(WAVE, date(2026, 2, 23))
        return min(arrested + timedelta(days=self.rng.randint(2, 21)), BALANCE_DAY)

    def _near_a_count(self, cohort: Cohort, index: int) -> bool:
        """The last few of two cohorts."""
        last_few = index >= cohort.count - self.scenario.extras.vague_near_a_count
        return last_few and (cohort.entry, cohort.exit) in _NEAR_A_COUNT

    def _share_out_the_wave(self) -> dict[Entry, list[date]]:
        """Release days of the wave by cohort: who was learned late leaves after that."""
        middle = [day for day in self.scenario.wave_days() if _LATE_WAVE_FROM <= day <= _LATE_WAVE_TO]
        others = [day for day in self.scenario.wave_days() if not _LATE_WAVE_FROM <= day <= _LATE_WAVE_TO]
        self.rng.shuffle(middle)
        shared: dict[Entry, list[date]] = {}
        for cohort in self.scenario.cohorts:
            if cohort.exit == "wave" and cohort.entry != "baseline":
                shared[cohort.entry], middle = middle[: cohort.count], middle[cohort.count :]
        shared["baseline"] = others + middle
        self.rng.shuffle(shared["baseline"])
        return shared

    def _context(self, arrested: date) -> str:
        if arrested >= OPERATION:
            return "Enero de 2026"
        if date(2024, 7, 28) <= arrested <= date(2024, 10, 31):
            return "Elecciones de julio de 2024"
        if arrested.year == 2025 and arrested.month == 1:
            return "Enero de 2025"
        if arrested.year == 2025 and arrested.month in (5, 6):
            return "Elecciones regionales de 2025"
        return "" if arrested.year >= 2024 else "Protestas anteriores a 2024"

    # ------------------------------------------------------------ coming in

    def _comes_in(self, cohort: Cohort, case: Case, index: int) -> None:
        case.arrested = case.twin.arrested if case.twin else self._arrest_day(cohort, index)
        known = self._entered_on(self._learned_on(cohort, case, index))
        moment = case.opened(known, VOLUNTEER if cohort.entry == "reported" else "")
        old = case.arrested < self.scenario.opens
        relative = case.archive if old else case.relative(moment)
        case.described(moment, relative)
        happened = self._arrest_date(cohort, case, index)
        kind = "seen_held" if self._only_seen(cohort, case, index) else ""
        context = self._context(case.arrested)
        signed = Signature((case.own_lawyer,), case.second)
        if cohort.entry == "reported":
            self._merely_reported(case, moment, happened, context, index)
        elif cohort.entry == "late_verified":
            case.entered(moment, case.press, happened, context, Signature())
            self._verified_later(case)
        else:
            case.entered(moment, relative, happened, context, signed, kind)
        if cohort.entry != "reported":
            case.consented(moment, relative, cohort.entry not in ("unrecognised", "short"))
            self._assessed(cohort, case, moment, index)

    def _only_seen(self, cohort: Cohort, case: Case, index: int) -> bool:
        """The first of those learned late."""
        late = (cohort.entry, cohort.exit) == ("late", "held")
        return late and not case.traits.vanished and index < self.scenario.extras.seen_held

    def _arrest_date(self, cohort: Cohort, case: Case, index: int) -> ImpreciseDate:
        """Some arrests, long ago or told late, have no exact day."""
        if self._near_a_count(cohort, index):
            return days.around(case.arrested, 4)
        vague = cohort.exit == "held" and cohort.entry in ("baseline", "late") and index % 11 == 7
        if not vague or case.arrested > date(2025, 11, 1):
            return days.on(case.arrested)
        return days.in_month(case.arrested) if index % 2 else days.around(case.arrested, 3)

    def _merely_reported(
        self, case: Case, moment: Moment, happened: ImpreciseDate, context: str, index: int
    ) -> None:
        """One source that nobody has checked; the organisation would recognise most of them."""
        source = case.post if index % 3 else case.press
        case.entered(moment, source, happened, context, Signature())
        if index >= 8:
            case.assessed(case.moment(moment.day, case.keeper), RecognitionOutcome.RECOGNISED)

    def _verified_later(self, case: Case) -> None:
        moment = case.moment(self._between(WAVE + timedelta(days=1), date(2026, 2, 20)), case.keeper)
        self.notebook.attest(moment, case.entry_fact, case.own_lawyer)
        self.notebook.review(moment, case.entry_fact, case.second)

    def _assessed(self, cohort: Cohort, case: Case, moment: Moment, index: int) -> None:
        if cohort.entry == "unrecognised":
            outcomes = (
                RecognitionOutcome.NOT_RECOGNISED,
                RecognitionOutcome.INSUFFICIENT,
                RecognitionOutcome.UNDER_REVIEW,
            )
            case.assessed(moment, outcomes[index % 3])
        elif cohort.entry == "late_recognised":
            case.assessed(moment, RecognitionOutcome.UNDER_REVIEW)
            last = _LATE_WAVE_FROM - timedelta(days=1) if cohort.exit == "wave" else date(2026, 2, 20)
            decided = case.moment(self._between(WAVE + timedelta(days=1), last), case.keeper)
            case.assessed(decided, RecognitionOutcome.RECOGNISED, supersedes=case.recognition_fact)
        else:
            case.assessed(moment, RecognitionOutcome.RECOGNISED)

    # ------------------------------------------------------------ in between

    def _in_between(self, cohort: Cohort, case: Case) -> None:
        """Transfers, charges, sentences of those known for long enough, entered before the balance."""
        if cohort.entry in ("short", "reported") or cohort.exit == "withdrawn":
            return
        end = BALANCE_DAY if cohort.entry not in ("historic", "returned") else date(2025, 7, 20)
        since = max(case.arrested, self.scenario.opens) + timedelta(days=30)
        if since >= end or cohort.entry in ("late", "new"):
            return
        if case.traits.vanished:
            return
        if self.rng.random() < 0.8:
            happened = case.arrested + timedelta(days=self.rng.randint(3, 25))
            case.charged(self._entered_on(since), happened)
        if self.rng.random() < 0.18:
            happened = self._between(since, end)
            doors = prisons_for(self.scenario, case.traits.sex, case.traits.profile)
            place = weighted(self.rng, doors)
            if place != case.traits.prison:
                case.moved(self._entered_on(happened), happened, place)
        if since + timedelta(days=240) < end and self.rng.random() < 0.25:
            happened = self._between(since + timedelta(days=240), end)
            case.sentenced(self._entered_on(happened), happened)

    # ------------------------------------------------------------ going out

    def _go_out(self, cohort: Cohort, cases: Sequence[Case]) -> None:
        match cohort.exit:
            case "christmas":
                minutes = [minute for number, minute in _CHRISTMAS_ROUNDS for _ in range(number)]
                for case, minute in zip(cases, minutes, strict=True):
                    self._out_under_measures(case, CHRISTMAS, CHRISTMAS, minute)
            case "christmas_late":
                known = [date(2025, 12, day) for number, day in _CHRISTMAS_LATER for _ in range(number)]
                for case, day in zip(cases, known, strict=True):
                    self._out_under_measures(case, day, CHRISTMAS)
            case "new_year":
                for index, case in enumerate(cases):
                    day = date(2025, 12, 31) + timedelta(days=index * 7 // len(cases))
                    self._out_under_measures(case, day, day)
            case "house_arrest":
                for case in cases:
                    day = self._between(date(2026, 1, 3), date(2026, 1, 5))
                    case.left(day, days.on(day), ReleaseKind.HOUSE_ARREST)
            case "wave":
                self._wave_of(cohort, cases)
            case "learned":
                for index, case in enumerate(cases):
                    self._out_under_measures(case, date(2026, 1, 14 + index), date(2025, 11, 28))
            case "withdrawn":
                for case in cases:
                    case.taken_back(
                        date(2026, 1, 27), case.entry_fact, "Era un delito común: error de registro."
                    )
            case "died":
                for case in cases:
                    case.died(date(2026, 1, 20), date(2026, 1, 20))
            case "last_day":
                for case in cases:
                    self._out_under_measures(case, self.scenario.ends, self.scenario.ends)
            case "past":
                for index, case in enumerate(cases):
                    self._out_long_ago(cohort, case, index)
        if cohort.entry == "returned":
            for case in cases:
                self._out_long_ago(cohort, case, index=0)
                day = self._between(date(2026, 1, 10), date(2026, 2, 10))
                case.taken_again(day, day - timedelta(days=1), self._context(day))

    def _out_under_measures(self, case: Case, known: date, happened: date, minute: int = 0) -> None:
        case.left(known, days.on(happened), ReleaseKind.UNDER_MEASURES, at_minute=minute)
        if self.rng.random() < 0.7:
            entered = self._entered_on(known + timedelta(days=self.rng.randint(1, 5)))
            if entered < self.scenario.ends:
                case.under_measures(entered, happened)

    def _out_long_ago(self, cohort: Cohort, case: Case, index: int) -> None:
        """Released before the balance of 20 December, or after a day's detention."""
        if cohort.entry == "short":
            happened = case.arrested + timedelta(days=1)
            kind = ReleaseKind.FULL
        else:
            happened = self._between(date(2025, 7, 21), date(2025, 12, 10))
            last = {1: ReleaseKind.FULL, 2: ReleaseKind.HOUSE_ARREST, 3: ReleaseKind.EXILE}
            kind = last.get(index % 16, ReleaseKind.UNDER_MEASURES)
        known = self._entered_on(happened)
        if kind is ReleaseKind.UNDER_MEASURES:
            self._out_under_measures(case, known, happened)
        else:
            case.left(known, days.on(happened), kind)

    def _wave_of(self, cohort: Cohort, cases: Sequence[Case]) -> None:
        """8 January to 24 February. Some are confirmed a day or two later, never across a published day."""
        full_left = self.scenario.amnesty.from_prison if cohort.entry == "baseline" else 0
        vague_left = self.scenario.extras.imprecise_releases if cohort.entry == "baseline" else 0
        for case, day in zip(cases, self._wave[cohort.entry], strict=True):
            if day >= self.scenario.amnesty.days[0] and full_left:
                full_left -= 1
                case.left(day, days.on(day), ReleaseKind.FULL)
                case.amnestied(day, day)
                continue
            known = self._confirmed_on(day)
            if vague_left and date(2026, 1, 26) <= day <= date(2026, 2, 6):
                vague_left -= 1
                known = day + timedelta(days=2)
                case.left(known, days.around(day, 1), ReleaseKind.UNDER_MEASURES)
                continue
            kind = self._kind_of_release(case)
            if kind is ReleaseKind.UNDER_MEASURES and self.rng.random() < 0.8:
                self._out_under_measures(case, known, day)
            else:
                case.left(known, days.on(day), kind, by_relative=self.rng.random() < 0.5)

    def _confirmed_on(self, day: date) -> date:
        lag = self.rng.choices((0, 1, 2), weights=(75, 18, 7))[0]
        for published in (WAVE, date(2026, 1, 17), date(2026, 2, 24)):
            if day <= published:
                return min(day + timedelta(days=lag), published)
        return day

    def _kind_of_release(self, case: Case) -> ReleaseKind:
        if case.traits.nationality is Nationality.FOREIGN and self.rng.random() < 0.3:
            return ReleaseKind.EXILE
        kinds = (ReleaseKind.UNDER_MEASURES, ReleaseKind.UNSPECIFIED, ReleaseKind.CONDITIONAL)
        return self.rng.choices(kinds, weights=(92, 5, 3))[0]
