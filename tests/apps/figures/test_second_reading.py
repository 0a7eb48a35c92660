"""A recorded register, counted by the house and by a naive second reading of the design.

The lives are random and badly told: see `invented`. `examiner` reads the facts again for every question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.figures import queries
from constancia.apps.register import maintenance
from tests.apps.figures.examiner import FREE, HOME, IN, OUT, UNDER, Examiner, Moment
from tests.apps.figures.invented import Teller, record

pytestmark = pytest.mark.django_db
PEOPLE, QUESTIONS = 60, 3
SEEDS = (4,)
RULES: dict[str, tuple[set[str], int, bool]] = {
    "all_detained": ({IN, HOME}, 0, False),
    "foro_penal": ({IN}, 2, True),
    "jep": ({IN}, 0, True),
    "with_house_arrest": ({IN, HOME}, 2, True),
    "not_free": ({IN, HOME, UNDER, OUT}, 0, True),
}
"""Custody that counts as held, minimum stay in days, whether a recognition is asked for."""
STOCKS = {"held": set[str](), "under_measures": {UNDER}, "free": {FREE}, "house_arrest": {HOME}}
FLOWS = ("arrested", "detained_since", "released", "full_releases", "died_in_custody", "escaped")
GRADES = ("", "reported", "corroborated", "verified")
Sets = tuple[set[int], set[int], set[int]]
WHICH = ("lowest", "value", "highest")


@dataclass
class Asked:
    """One question: D, T, and the least grades of entries and exits."""

    start: date
    day: date
    known: datetime
    witnessed: bool
    grades: tuple[int, int]

    @property
    def grade(self) -> str:
        return "/".join(GRADES[grade] for grade in self.grades)


Side = tuple[Asked, Moment]


def questions(random: Random) -> Iterator[Asked]:
    while True:
        day = date(2025, 10, 1) + timedelta(random.randint(0, 170))
        yield Asked(
            start=day - timedelta(random.choice([0, 7, 30, 100])),
            day=day,
            known=datetime(2025, 11, 1, 3, 59, tzinfo=UTC) + timedelta(minutes=random.randint(0, 200 * 1440)),
            witnessed=random.random() < 0.25,
            grades=random.choice([(3, 3), (3, 3), (1, 1), (2, 2), (3, 1), (2, 3)]),
        )


class Bench:
    """The register, and both ways of counting it."""

    def __init__(self, seed: int, users: tuple[User, ...]) -> None:
        self.random, self.user = Random(seed), users[0]
        teller = Teller(self.random, users)
        for number in range(PEOPLE):
            teller.person(number, PEOPLE)
        persons, self.detentions = record(teller)
        self.number = {pk: number for number, pk in persons.items()}
        self.examiner = Examiner(teller.told)

    def expected(
        self, moment: Moment, name: str, rule: str, asked: Asked, **grades: int
    ) -> tuple[set[int], ...]:
        held, stay, recognition = RULES[rule]
        given: dict[str, Any] = {"entry": asked.grades[0], "exit": asked.grades[1], **grades}
        if name in STOCKS:
            stay = stay if name in ("held", "house_arrest") else 0
            states = STOCKS[name] or held
            return moment.stock(asked.day.toordinal(), states, stay=stay, recognition=recognition, **given)
        stay = stay if name in ("arrested", "detained_since", "released") else 0
        days = asked.start.toordinal(), asked.day.toordinal()
        return moment.flow(*days, name, stay=stay, recognition=recognition, held=held, **given)

    def figure(self, name: str, rule: str, asked: Asked) -> queries.Json:
        start = None if name in STOCKS else asked.start
        return queries.figure(
            self.user, name, asked.day, asked.known, rule, asked.grade, ("all",), start, asked.witnessed
        )

    def people(self, name: str, rule: str, asked: Asked, which: str, within: Any = None) -> set[int]:
        start = None if name in STOCKS else asked.start
        found = queries.people_behind(
            self.user,
            name,
            asked.day,
            asked.known,
            rule,
            asked.grade,
            within,
            start,
            asked.witnessed,
            which=which,
        )
        return {self.number[pk] for pk in found}


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_series_and_balances_are_what_a_second_reading_of_the_facts_gives(
    seed: int, desk: User, second: User, lara: User
) -> None:
    bench = Bench(seed, (desk, second, lara))
    assert maintenance.fsck().clean  # what was derived step by step is what is derived at once
    figures_agree(bench)
    categories_agree(bench)
    series_agree(bench)
    balances_agree(bench)


def figures_agree(bench: Bench) -> None:
    for asked, _ in zip(questions(bench.random), range(QUESTIONS), strict=False):
        moment = bench.examiner.at(asked.known, asked.witnessed)
        for rule in RULES:
            for name in (*STOCKS, *FLOWS):
                found = bench.figure(name, rule, asked)
                expected = bench.expected(moment, name, rule, asked)
                for which, wanted in zip(WHICH, expected, strict=True):
                    if found[which] != len(wanted):
                        people = bench.people(name, rule, asked, which)
                        pytest.fail(f"{name} {rule} {which} {asked}: +{people - wanted} -{wanted - people}")
                assert found["lowest"] <= found["value"] <= found["highest"]
                for cells in found["by"].values():
                    for which in WHICH:
                        assert sum(cell[which] for cell in cells.values()) == found[which]
                    assert all(cell["lowest"] <= cell["value"] <= cell["highest"] for cell in cells.values())
                if name in STOCKS:
                    loose = (
                        bench.expected(moment, name, rule, asked, entry=1)[1] - expected[1],
                        expected[1] - bench.expected(moment, name, rule, asked, exit=1)[1],
                    )
                    assert (found["pending_in"], found["pending_out"]) == (len(loose[0]), len(loose[1]))


def categories_agree(bench: Bench) -> None:
    for asked, _ in zip(questions(bench.random), range(QUESTIONS), strict=False):
        moment = bench.examiner.at(asked.known, asked.witnessed)
        alone = {person for person, head in moment.counted_as().items() if person == head}
        alone -= {head for person, head in moment.counted_as().items() if person != head}
        counted = bench.people("held", "all_detained", asked, "value")
        for dimension in ("sex", "profile", "age_group"):
            cells = bench.figure("held", "all_detained", asked)["by"][dimension]
            for category in cells:
                found = bench.people("held", "all_detained", asked, "value", {dimension: category})
                wanted = {p for p in counted & alone if moment.category(p, dimension, asked.day) == category}
                assert found & alone == wanted, (dimension, category, asked)


def series_agree(bench: Bench) -> None:
    names = ("held", "released", "free", "arrested", "under_measures")
    for asked, name, rule in zip(questions(bench.random), names, RULES, strict=False):
        days = asked.day - timedelta(20), asked.day
        found = queries.series(
            bench.user, name, *days, "weekly", asked.known, rule, asked.grade, witnessed=asked.witnessed
        )
        moment = bench.examiner.at(asked.known, asked.witnessed)
        for point in found["series"]:
            day = date.fromisoformat(point["as_of"])
            start = date.fromisoformat(point.get("start", point["as_of"]))
            expected = bench.expected(moment, name, rule, replace(asked, start=start, day=day))
            assert [point[which] for which in WHICH] == [len(people) for people in expected]


def balances_agree(bench: Bench) -> None:
    asking = questions(bench.random)
    for rule in RULES:
        first, last = sorted((next(asking), next(asking)), key=lambda asked: (asked.day, asked.known))
        last = replace(last, witnessed=first.witnessed, grades=first.grades)
        before, after = (bench.examiner.at(asked.known, asked.witnessed) for asked in (first, last))
        were = bench.expected(before, "held", rule, first)[1]
        are = bench.expected(after, "held", rule, last)[1]
        days = (first.day, first.known), (last.day, last.known)
        found = queries.explain(bench.user, *days, rule, first.grade, witnessed=first.witnessed)
        assert (found["opening"], found["closing"]) == (len(were), len(are))
        came = [bench.number[p["person"]] for p in found["people"] if p["side"] == "in"]
        went = [bench.number[p["person"]] for p in found["people"] if p["side"] == "out"]
        assert (sorted(came), sorted(went)) == (sorted(are - were), sorted(were - are))
        for person in found["people"]:
            sides = (first, before), (last, after)
            assert cause_holds(bench, person, *sides, RULES[rule][1]), (rule, person["cause"])


def cause_holds(bench: Bench, moved: Any, first: Side, last: Side, stay: int) -> bool:
    """What must be true of the facts for such a cause."""
    detention = next(number for number, pk in bench.detentions.items() if pk == moved["detention"])
    opened, closed = first[0].day.toordinal(), last[0].day.toordinal()
    spells = last[1].spells(detention, first[0].grades[1]) if detention in last[1].of else []
    ways = [spell.end[2] for spell in spells if spell.left]
    match moved["cause"]:
        case "arrested" | "re_arrested":
            return spells[0].entry[2] + stay > opened
        case "learned_late":
            told = detention in first[1].of and first[1].spells(detention, 1)
            return (moved["kind"] == "first_known") != bool(told)
        case "released" | "died" | "escaped":
            return any(opened < day <= closed for day in ways)
        case "released_earlier":
            return any(day <= opened for day in ways)
        case "merged_or_split":
            return first[1].counted_as() != last[1].counted_as()
    return True
