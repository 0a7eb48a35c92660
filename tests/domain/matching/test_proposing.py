from __future__ import annotations

from itertools import permutations
from math import log2

from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.matching.assigning import assigned
from constancia.domain.matching.proposing import propose
from constancia.domain.matching.shapes import Candidate, Matched, Proposed
from tests.support.effort import examples


def _found(*chances: tuple[int, float], comparable: bool = True) -> Matched:
    some = tuple(Candidate(key, chance, 0.0, ()) for key, chance in sorted(chances, key=lambda one: -one[1]))
    return Matched(some, max(0.0, 1 - sum(chance for _, chance in chances)), comparable)


def test_somebody_sure_is_proposed_and_somebody_unsure_is_not() -> None:
    sure, unsure = propose([_found((1, 0.98)), _found((2, 0.9))])
    assert (sure.proposed, sure.key) == (Proposed.PERSON, 1)
    assert (unsure.proposed, unsure.key) == (Proposed.UNSURE, None)


def test_nobody_is_new_and_what_cannot_be_compared_is_not() -> None:
    new, silent = propose([_found((1, 0.01)), _found(comparable=False)])
    assert new.proposed is Proposed.NEW
    assert silent.proposed is Proposed.UNSURE


def test_one_person_is_proposed_for_one_entry_at_most() -> None:
    found = propose([_found((1, 0.99)), _found((1, 0.97))], accept=0.5)
    assert [one.key for one in found] == [1, None]


def test_two_entries_that_may_be_one_person_make_each_other_unsure() -> None:
    alone = propose([_found((1, 0.99))])[0]
    first = propose([_found((1, 0.99)), _found((1, 0.97))])[0]
    assert alone.proposed is Proposed.PERSON
    assert first.proposed is Proposed.UNSURE
    assert first.probability < alone.probability


def test_the_whole_list_decides_between_two_people() -> None:
    # The first entry likes 1 a little better, but the second can only be 1.
    found = assigned([_found((1, 0.5), (2, 0.45)), _found((1, 0.9))])
    assert [one.key if one else None for one in found] == [2, 1]


def test_an_empty_list_proposes_nothing() -> None:
    assert propose([]) == []


CHANCES = st.lists(
    st.dictionaries(st.integers(0, 3), st.integers(1, 30), max_size=3).map(
        lambda told: _found(*((key, number / 100) for key, number in told.items()))
    ),
    max_size=4,
)


@settings(max_examples=examples(150), deadline=None)
@given(CHANCES)
def test_the_assignment_is_the_best_of_all(found: list[Matched]) -> None:
    chosen = assigned(found)
    keys = [one.key for one in chosen if one is not None]
    assert len(keys) == len(set(keys))
    assert _worth(found, [one.key if one else None for one in chosen]) >= _best(found) - 1e-6


def _worth(found: list[Matched], keys: list[int | None]) -> float:
    total = 0.0
    for one, key in zip(found, keys, strict=True):
        if key is not None:
            chance = {c.key: c.probability for c in one.candidates}[key]
            total += log2(chance / max(one.nobody, 1e-9))
    return total


def _best(found: list[Matched]) -> float:
    """Every way to give each entry one of four people or nobody; only those likelier than nobody."""
    best = 0.0
    for keys in set(permutations([0, 1, 2, 3, *[None] * len(found)], len(found))):
        fits = all(
            key is None or any(c.key == key and c.probability > max(one.nobody, 0.01) for c in one.candidates)
            for one, key in zip(found, keys, strict=True)
        )
        if fits:
            best = max(best, _worth(found, list(keys)))
    return best
