"""The algebra of judgements: who is one person, against a naive second reading of the rule."""

from __future__ import annotations

from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.matching.clusters import Judged, Said, Standing
from constancia.domain.vocabulary.terms import IdentityVerdict

SAME, DIFFERENT, UNSURE = IdentityVerdict.SAME, IdentityVerdict.DIFFERENT, IdentityVerdict.UNSURE
Told = tuple[int, int, IdentityVerdict]


def judged(*told: Told) -> Judged:
    return Judged(Said(number, *one) for number, one in enumerate(told, 1))


def oracle(people: range, told: tuple[Told, ...]) -> set[frozenset[int]]:
    """Everybody alone; each "same" in turn makes one group of two, unless some pair in it is different."""
    apart = [{one, other} for one, other, verdict in told if verdict is DIFFERENT]
    groups = {frozenset({person}) for person in people}
    for one, other, verdict in told:
        if verdict is SAME:
            both = {group for group in groups if one in group or other in group}
            union = frozenset[int]().union(*both)
            if not any(pair <= union for pair in apart):
                groups = groups - both | {union}
    return groups


def clusters(found: Judged, people: range) -> set[frozenset[int]]:
    return {found.cluster(person) for person in people}


def connected(people: range, told: tuple[Told, ...]) -> set[frozenset[int]]:
    """Whoever can be reached by "same", whatever else was said: a search through the graph."""
    groups = set()
    for person in people:
        reached, border = {person}, [person]
        while border:
            here = border.pop()
            for one, other, verdict in told:
                if verdict is SAME and here in (one, other):
                    there = other if here == one else one
                    if there not in reached:
                        reached.add(there)
                        border.append(there)
        groups.add(frozenset(reached))
    return groups


def check(people: range, told: tuple[Told, ...]) -> None:
    found = judged(*told)
    assert clusters(found, people) == oracle(people, told)
    for one, other, verdict in told:
        together = other in found.cluster(one)
        if verdict is DIFFERENT:
            assert not together
            assert found.between(one, other) is Standing.DIFFERENT
        if verdict is SAME:
            assert together or found.parting(one, other)
    assert {said.number for said in found.set_aside} == {
        number
        for number, (one, other, verdict) in enumerate(told, 1)
        if verdict is SAME and other not in found.cluster(one)
    }
    for one, other in product(people, people):
        if one == other:
            continue
        assert found.between(one, other) is found.between(other, one)
        assert (found.between(one, other) is Standing.SAME) is (found.head(one) == found.head(other))
        assert found.head(one) == min(found.cluster(one))
    if not found.set_aside:
        assert clusters(found, people) == connected(people, told)


def test_every_history_of_three_people_in_every_order() -> None:
    people = range(3)
    pairs = list(combinations(people, 2))
    count = 0
    for chosen in product((None, SAME, DIFFERENT, UNSURE), repeat=3):
        told = [(*pair, verdict) for pair, verdict in zip(pairs, chosen, strict=True) if verdict]
        for order in permutations(told):
            check(people, order)
            count += 1
    assert count > 200


def test_every_history_of_four_people_by_same_and_different_in_every_order() -> None:
    people = range(4)
    pairs = list(combinations(people, 2))
    for chosen in product((None, SAME, DIFFERENT), repeat=len(pairs)):
        told = [(*pair, verdict) for pair, verdict in zip(pairs, chosen, strict=True) if verdict]
        if len(told) > 4:
            continue
        for order in permutations(told):
            check(people, order)


def test_contrary_words_on_one_pair_part_it_in_either_order() -> None:
    for order in permutations([(1, 2, SAME), (1, 2, DIFFERENT), (2, 1, UNSURE)]):
        assert judged(*order).between(1, 2) is Standing.DIFFERENT


PEOPLE = range(7)
anything = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.sampled_from(list(IdentityVerdict))
    ).filter(lambda one: one[0] != one[1]),
    max_size=14,
).map(tuple)


@given(anything)
def test_whatever_was_said_nobody_different_is_in_one_cluster(told: tuple[Told, ...]) -> None:
    check(PEOPLE, told)


@given(anything)
def test_a_different_said_first_leaves_the_same_clusters_as_one_said_last(told: tuple[Told, ...]) -> None:
    first = sorted(told, key=lambda one: one[2] is not DIFFERENT)
    assert clusters(judged(*first), PEOPLE) == clusters(judged(*told), PEOPLE)


@given(anything)
def test_what_would_have_been_refused_changes_nothing(told: tuple[Told, ...]) -> None:
    """Leaving out each "same" that was set aside gives the same clusters: so refusing it is no loss."""
    found = judged(*told)
    aside = {said.number for said in found.set_aside}
    kept = [one for number, one in enumerate(told, 1) if number not in aside]
    again = judged(*kept)
    assert clusters(again, PEOPLE) == clusters(found, PEOPLE)
    assert again.set_aside == ()


@given(anything, st.randoms())
def test_without_contradiction_the_order_does_not_matter(told: tuple[Told, ...], random: object) -> None:
    found = judged(*told)
    if not found.set_aside:
        other = list(told)
        random.shuffle(other)  # type: ignore[attr-defined]
        assert clusters(judged(*other), PEOPLE) == clusters(found, PEOPLE)


@pytest.mark.parametrize(
    ("told", "pair", "standing"),
    [
        ([], (1, 3), Standing.UNSEEN),
        ([(1, 2, SAME), (2, 3, SAME)], (1, 3), Standing.SAME),
        ([(1, 2, SAME), (2, 3, DIFFERENT)], (1, 3), Standing.DIFFERENT),
        ([(1, 2, DIFFERENT), (2, 3, DIFFERENT)], (1, 3), Standing.UNSEEN),
        ([(1, 2, UNSURE), (2, 3, SAME)], (1, 3), Standing.UNSEEN),
        ([(1, 3, UNSURE)], (3, 1), Standing.UNSURE),
        ([(1, 3, UNSURE), (1, 3, SAME)], (1, 3), Standing.SAME),
    ],
)
def test_what_follows_from_pair_to_pair(told: list[Told], pair: tuple[int, int], standing: Standing) -> None:
    assert judged(*told).between(*pair) is standing


def test_the_same_said_first_is_kept_and_the_one_that_contradicts_is_set_aside() -> None:
    found = judged((1, 2, SAME), (2, 3, SAME), (1, 3, DIFFERENT))
    assert found.cluster(1) == {1, 2}
    assert [said.number for said in found.set_aside] == [2]
    assert [said.number for said in found.parting(2, 3)] == [3]


def test_a_different_outlives_the_cluster_that_it_blocked() -> None:
    """2 and 3 are taken for one, then that is withdrawn: 1 and 3 stay different people."""
    assert judged((1, 3, DIFFERENT)).between(1, 3) is Standing.DIFFERENT
    assert judged((1, 3, DIFFERENT), (2, 3, SAME)).between(1, 2) is Standing.DIFFERENT
