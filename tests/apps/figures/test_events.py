"""The releases behind a figure: at every T as many people as the figure counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings

from constancia.apps.figures import events, queries
from constancia.apps.figures.counting import count, people
from constancia.apps.figures.snapshot import Snapshot
from constancia.apps.register import services
from constancia.apps.register.models import Fact
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.figures.definition import definitions
from constancia.domain.figures.periods import microseconds
from constancia.domain.vocabulary.terms import Verdict
from constancia.infra import clock
from tests.apps.figures.memory import MemoryReader
from tests.apps.figures.questions import question
from tests.domain.figures.registers import register, seeds
from tests.support.cast import SEEN, on
from tests.support.effort import examples

INSTANTS = range(75, 130, 5)
RELEASED = definitions()["released"]


@settings(max_examples=examples(20), deadline=None)
@given(seeds)
def test_whatever_t_as_many_are_verified_and_reported_as_the_figure_says(random):
    snapshot = Snapshot(MemoryReader(register(random))).refresh()
    for _ in range(2):
        asked = question(random, [RELEASED])
        found = events.found_in(snapshot, asked)
        for instant in INSTANTS:
            now = [one for one in found if one.known_from <= instant < one.known_to]
            verified = {one.person for one in now if one.verified}
            reported = {one.person for one in now if not one.verified} - verified
            figure = count(snapshot, replace(asked, known_at=instant, by=())).total
            assert (len(verified), len(reported)) == (figure.value, figure.pending_in)
            assert sorted(verified) == people(snapshot, replace(asked, known_at=instant), "value")
    snapshot.close()


@settings(max_examples=examples(20), deadline=None)
@given(seeds)
def test_releases_of_one_detention_do_not_overlap_and_follow_each_other(random):
    snapshot = Snapshot(MemoryReader(register(random))).refresh()
    asked = question(random, [RELEASED])
    found = events.found_in(snapshot, asked, range(1, 30))
    for one, other in pairwise(found):
        if one.detention == other.detention:
            assert one.known_to <= other.known_from
        else:
            assert one.detention < other.detention
    inside = events.found_in(snapshot, asked)
    days = [date.fromordinal(max(1, asked.start)), date.fromordinal(asked.as_of)]
    assert all(days[0] <= one.day <= days[1] for one in inside)
    assert {one.detention for one in inside} <= {one.detention for one in found}
    snapshot.close()


@settings(max_examples=examples(20), deadline=None)
@given(seeds)
def test_categories_are_those_of_the_figure_where_nobody_left_twice(random):
    rows = [replace(row, person=row.detention) for row in register(random)]
    snapshot = Snapshot(MemoryReader(rows)).refresh()
    for _ in range(2):
        asked = question(random, [RELEASED])
        found = events.found_in(snapshot, asked)
        counted = [one for one in found if one.verified and one.known_from <= asked.known_at < one.known_to]
        figure = count(snapshot, asked)
        for dimension in asked.by:
            expected = {name: number.value for name, number in figure.by[dimension].items() if number.value}
            assert Counter(one.categories[dimension] for one in counted) == expected
    snapshot.close()


def _confirm_everything(user):
    for seq in Fact.objects.values_list("seq", flat=True):
        services.review(user, seq, Verdict.CONFIRM)


@pytest.mark.django_db
def test_a_release_is_reported_and_then_verified(desk, second, case):
    start = datetime(2026, 2, 3, 12, tzinfo=UTC)
    with clock.frozen(start):
        person = case(desk, "Ana Prueba", released="2026-02-01", source=SEEN)
    with clock.frozen(start + timedelta(hours=5)):
        _confirm_everything(second)
    found = events.releases(desk, date(2026, 1, 1), date(2026, 3, 1), rule="all_detained", by=("state",))
    assert [(one.verified, one.known_from) for one in found] == [
        (False, microseconds(start)),
        (True, microseconds(start + timedelta(hours=5))),
    ]
    assert {(one.person, one.day, one.kind) for one in found} == {
        (person.pk, date(2026, 2, 1), "release.under_measures")
    }
    assert found[-1].categories == {"state": "lara"}
    for known_at in (start, start + timedelta(hours=6)):
        figure = queries.figure(
            desk, "released", date(2026, 3, 1), known_at, "all_detained", start=date(2026, 1, 1)
        )
        now = [one for one in found if one.known_from <= microseconds(known_at) < one.known_to]
        assert figure["value"] == sum(one.verified for one in now)


@pytest.mark.django_db
def test_of_a_detention_that_is_named_the_release_of_any_day_is_given(desk, second, case):
    person = case(desk, "Ana Prueba", released="2026-02-01")
    detention = person.detentions.get().pk
    days = date(2026, 2, 2), date(2026, 3, 1)
    assert events.releases(desk, *days, rule="all_detained") == []
    (found,) = events.releases(desk, *days, rule="all_detained", detentions=[detention])
    assert found.day == date(2026, 2, 1)
    services.add_facts(
        desk,
        person.code,
        facts=[services.FactGiven("arrest", {"state": "lara"}, on("2026-02-10"))],
        source=SEEN,
        new_detention=True,
    )
    assert len(events.releases(desk, *days, rule="all_detained", detentions=[detention])) == 1


@pytest.mark.django_db
def test_held_persons_are_those_of_the_figure(desk, second, case):
    person = case(desk, "Ana Prueba")
    _confirm_everything(second)
    now = clock.now()
    assert events.held_persons(desk, date(2026, 3, 1), now, "all_detained") == {person.pk}


@pytest.mark.django_db
def test_whoever_may_not_read_figures_gets_nothing(volunteer):
    with pytest.raises(NotAllowed):
        events.releases(volunteer, date(2026, 1, 1), date(2026, 3, 1))
    with pytest.raises(NotAllowed):
        events.held_persons(volunteer, date(2026, 1, 1), clock.now())


def test_only_flows_of_exits_have_releases():
    snapshot = Snapshot(MemoryReader()).refresh()
    with pytest.raises(InputRefused):
        events.found_in(snapshot, _stock())
    snapshot.close()


def _stock():
    return question(Random(1), [definitions()["held"]])
