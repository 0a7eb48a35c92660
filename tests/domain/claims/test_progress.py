"""To which announcement a release belongs, and how far each announcement has come."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.claims.progress import (
    Announced,
    Attributed,
    Attribution,
    Known,
    Step,
    beyond,
    closed,
    decisions,
    fits,
    progress,
    standing,
)
from constancia.domain.vocabulary.terms import Qualifier

DAY = date(2026, 1, 1)
NOW, FOREVER = 1000, 2**62


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def announced(
    number: int, on: int, start: int, end: int | None = None, known_at: int = 0, **more: object
) -> Announced:
    given_ = {"claimant": "ministerio", "value": 10} | more
    return Announced(
        number=number,
        announced_on=day(on),
        window_start=day(start),
        window_end=None if end is None else day(end),
        known_at=known_at,
        **given_,  # type: ignore[arg-type]
    )


def out(
    detention: int, on: int, known: tuple[int, int] = (0, FOREVER), verified: bool = True, **more: object
) -> Known:
    given_ = {"person": detention, "kind": "release.full"} | more
    return Known(
        detention=detention,
        day=day(on),
        known_from=known[0],
        known_to=known[1],
        verified=verified,
        **given_,  # type: ignore[arg-type]
    )


def by_rule(known: Known, *announcements: Announced) -> int | None:
    return Attribution(announcements, [], NOW).of(known)[0]


def test_a_release_belongs_where_its_day_lies() -> None:
    one = announced(1, 2, 1, 5)
    assert [by_rule(out(1, on), one) for on in (0, 1, 5, 6)] == [None, 1, 1, None]


def test_of_several_windows_the_latest_announced_by_then_has_it() -> None:
    several = announced(1, 0, 0, 20), announced(2, 5, 0, 20), announced(3, 9, 0, 20)
    assert [by_rule(out(1, on), *several) for on in (0, 4, 5, 8, 9, 20)] == [1, 1, 2, 2, 3, 3]


def test_where_none_was_announced_by_then_the_first_announced_afterwards_has_it() -> None:
    assert by_rule(out(1, 1), announced(1, 9, 0, 20), announced(2, 5, 0, 20)) == 2


def test_an_open_window_ends_before_the_same_claimants_next_promise_of_the_same_people() -> None:
    first, second = announced(1, 0, 0), announced(2, 10, 9)
    others = announced(3, 4, 4, claimant="asamblea"), announced(4, 6, 6, filters={"sex": "woman"})
    ends = {one.number: one.window_end for one in closed([first, second, *others])}
    assert ends == {1: day(8), 2: None, 3: None, 4: None}


def test_filters_speak_only_where_something_is_known() -> None:
    women = announced(1, 0, 0, 9, filters={"sex": "woman"})
    assert [
        fits(women, out(1, 1, categories=categories))
        for categories in ({"sex": "woman"}, {"sex": "man"}, {"sex": "not_known"}, {})
    ] == [True, False, True, True]
    ill = announced(1, 0, 0, 9, filters={"group": "ill"})
    assert fits(ill, out(1, 1, categories={"group": "ill+older"}))
    assert not fits(ill, out(1, 1, categories={"group": "none"}))


def test_whoever_does_not_fit_goes_to_the_wider_promise() -> None:
    everybody, women = announced(1, 0, 0, 9), announced(2, 1, 0, 9, filters={"sex": "woman"})
    man, woman = (out(n, 3, categories={"sex": sex}) for n, sex in enumerate(("man", "woman")))
    assert (by_rule(man, everybody, women), by_rule(woman, everybody, women)) == (1, 2)


def test_a_persons_decision_wins_and_can_be_taken_back() -> None:
    several = announced(1, 0, 0, 5), announced(2, 10, 10, 15)
    late = out(1, 30)
    told = [
        Attributed(1, 2, 100),
        Attributed(1, None, 200),
        Attributed(1, 1, 300),
        Attributed(1, None, 400, taken_back=True),
    ]
    seen = [Attribution(several, told, at).of(late) for at in (99, 100, 200, 300, 400)]
    assert seen == [(None, False), (2, True), (None, True), (1, True), (None, False)]


def test_a_decision_for_an_announcement_withdrawn_since_leaves_it_to_the_rule() -> None:
    first, second = announced(1, 0, 0, 5), announced(2, 1, 0, 5)
    gone = replace(second, withdrawn=True, known_at=500)
    told = [Attributed(1, 2, 100)]
    assert Attribution([first, second, gone], told, 499).of(out(1, 0)) == (2, True)
    assert Attribution([first, second, gone], told, 500).of(out(1, 0)) == (1, False)


def test_the_version_known_at_t_holds() -> None:
    first = announced(1, 0, 0, 5, known_at=10)
    longer = replace(first, window_end=day(9), known_at=20)
    assert [standing([longer, first], at) for at in (9, 10, 20)] == [[], [first], [longer]]


def test_of_two_decisions_at_one_instant_the_later_recorded_holds() -> None:
    assert decisions([Attributed(1, 2, 100), Attributed(1, 3, 100)], 100) == {1: 3}


def test_progress_as_known_hour_by_hour() -> None:
    one = announced(1, 0, 0, 5, known_at=700, value=4)
    releases = [
        out(1, 1, (10, FOREVER)),
        out(2, 1, (10, 30), verified=False),
        out(2, 1, (30, FOREVER)),
        out(3, 2, (40, 60)),  # and then withdrawn
        out(4, 3, (50, FOREVER), verified=False),
        out(5, 9, (20, FOREVER)),
        out(6, 3, (2000, FOREVER)),
    ]
    found = progress([one], releases, [], NOW)[1]
    assert (found.verified, found.reported, found.by_hand, found.remaining) == (2, 1, 0, 2)
    assert found.steps == (Step(10, 1), Step(30, 2), Step(40, 3), Step(60, 2))
    assert [member.known.detention for member in found.members(NOW)] == [1, 2, 4]
    late = progress([one], releases, [Attributed(5, 1, 900)], NOW)[1]
    assert (late.verified, late.by_hand) == (3, 1)
    assert late.steps[1] == Step(20, 2)  # since it was known, not since it was attributed


def test_two_entries_of_one_person_count_once() -> None:
    releases = [out(1, 1, (10, FOREVER), person=7), out(2, 2, (20, FOREVER), person=7)]
    found = progress([announced(1, 0, 0, 5)], releases, [], NOW)[1]
    assert (found.verified, found.steps) == (1, (Step(10, 1),))


def test_people_found_to_be_one_make_a_step_down() -> None:
    releases = [
        out(1, 1, (10, FOREVER), person=1),
        out(2, 1, (10, 50), person=2),
        out(2, 1, (50, FOREVER), person=1),
    ]
    found = progress([announced(1, 0, 0, 5)], releases, [], NOW)[1]
    assert found.steps == (Step(10, 2), Step(50, 1))


def test_no_number_announced_leaves_nothing_remaining() -> None:
    found = progress([announced(1, 0, 0, None, value=None)], [out(1, 1)], [], NOW)[1]
    assert (found.announced, found.remaining, found.verified) == (None, None, 1)


small = st.integers(0, 12)
promises = st.builds(
    announced,
    st.integers(1, 5),
    small,
    small,
    st.one_of(st.none(), st.integers(5, 12)),
    st.integers(0, 80),
    claimant=st.sampled_from(("ministerio", "asamblea")),
    withdrawn=st.booleans(),
    filters=st.sampled_from(({}, {"sex": "woman"}, {"sex": "man"})),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Known]:
    """Detentions, each in windows of known time that do not overlap."""
    found = []
    for detention in range(draw(st.integers(0, 12))):
        cuts = sorted(draw(st.sets(st.integers(0, 100), max_size=4)))
        for low, high in pairwise([*cuts, FOREVER]):
            sex = draw(st.sampled_from(("woman", "man", "not_known")))
            known = out(
                detention,
                draw(small),
                (low, high),
                draw(st.booleans()),
                person=draw(st.integers(0, 8)),
                categories={"sex": sex},
            )
            found.append(known)
    return found


decided = st.lists(
    st.builds(
        Attributed,
        st.integers(0, 12),
        st.one_of(st.none(), st.integers(1, 5)),
        st.integers(0, 100),
        st.booleans(),
    ),
    max_size=8,
)


@given(st.lists(promises, max_size=8), histories(), decided, st.integers(0, 120))
def test_no_release_belongs_to_two_announcements_and_none_is_counted_twice(
    versions: list[Announced], releases: list[Known], told: list[Attributed], known_at: int
) -> None:
    found = progress(versions, releases, told, known_at)
    members = Counter(m.known.detention for one in found.values() for m in one.members(known_at))
    assert set(members.values()) <= {1}
    verified = {r.detention for r in releases if r.known_from <= known_at < r.known_to and r.verified}
    assert sum(one.verified for one in found.values()) <= len(verified)


@given(st.lists(promises, max_size=8), histories(), decided, st.integers(0, 120))
def test_the_last_step_is_what_stands_and_no_step_repeats_the_one_before(
    versions: list[Announced], releases: list[Known], told: list[Attributed], known_at: int
) -> None:
    rule = Attribution(versions, told, known_at)
    for number, one in progress(versions, releases, told, known_at).items():
        numbers = [0, *(step.verified for step in one.steps)]
        assert numbers[-1] == one.verified
        assert all(low != high for low, high in pairwise(numbers))
        for step in one.steps:
            there = [r for r in releases if r.known_from <= step.known_at < r.known_to and r.verified]
            assert step.verified == len({r.person for r in there if rule.of(r)[0] == number})


@given(st.lists(promises, max_size=8), histories(), decided, st.integers(0, 120))
def test_what_is_known_later_changes_nothing_now(
    versions: list[Announced], releases: list[Known], told: list[Attributed], known_at: int
) -> None:
    then = progress(
        [one for one in versions if one.known_at <= known_at],
        [one for one in releases if one.known_from <= known_at],
        [one for one in told if one.known_at <= known_at],
        known_at,
    )
    assert progress(versions, releases, told, known_at) == then


@pytest.mark.parametrize(
    ("value", "qualifier", "more"),
    [
        (40, Qualifier.EXACT, 65),
        (40, Qualifier.UP_TO, 65),
        (40, Qualifier.AT_LEAST, 0),
        (40, Qualifier.ABOUT, 0),
        (105, Qualifier.EXACT, 0),
        (None, Qualifier.EXACT, 0),
    ],
)
def test_more_than_was_announced_is_told_where_a_number_was_the_most(
    value: int | None, qualifier: Qualifier, more: int
) -> None:
    assert beyond(value, qualifier, 105) == more
