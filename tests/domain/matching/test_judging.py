"""How decisions on one entry add up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.matching.judging import Judged, Judgement, Said, judge
from constancia.domain.vocabulary.terms import EntryVerdict

SAME, DIFFERENT, UNSURE, NEW, RETRACT = EntryVerdict


def _judged(*said: tuple[EntryVerdict, int | None]) -> Judgement:
    return judge(Said(number, verdict, person) for number, (verdict, person) in enumerate(said, start=1))


def test_nobody_has_looked_is_not_unsure() -> None:
    assert _judged().judged is Judged.UNSEEN
    assert _judged((UNSURE, None)).judged is Judged.UNSURE


def test_the_last_decision_holds() -> None:
    found = _judged((SAME, 1), (NEW, None), (SAME, 2))
    assert (found.judged, found.person, found.decisive) == (Judged.SAME, 2, 3)


def test_different_blocks_that_person_whatever_is_decided_after() -> None:
    found = _judged((DIFFERENT, 1), (UNSURE, None), (SAME, 2), (NEW, None))
    assert found.apart == {1}
    assert found.judged is Judged.NEW


def test_different_undoes_the_same_of_that_person_only() -> None:
    assert _judged((SAME, 1), (DIFFERENT, 1)).judged is Judged.OPEN
    assert _judged((SAME, 1), (DIFFERENT, 2)).person == 1


def test_saying_same_after_different_lifts_the_block() -> None:
    found = _judged((DIFFERENT, 1), (SAME, 1))
    assert (found.person, found.apart) == (1, frozenset())


def test_retracting_takes_back_the_last_that_holds_and_no_more() -> None:
    assert _judged((SAME, 1), (DIFFERENT, 1), (RETRACT, None)).person == 1
    assert _judged((SAME, 1), (RETRACT, None), (RETRACT, None)).judged is Judged.UNSEEN
    assert _judged((DIFFERENT, 1), (DIFFERENT, 2), (RETRACT, None)).apart == {1}


def test_what_a_page_saw_changes_with_every_decision_also_one_taken_back() -> None:
    assert [_judged().last, _judged((UNSURE, None)).last, _judged((UNSURE, None), (RETRACT, None)).last] == [
        0,
        1,
        2,
    ]


decisions = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([SAME, DIFFERENT]), st.integers(1, 3)),
        st.tuples(st.sampled_from([UNSURE, NEW]), st.none()),
    ),
    max_size=6,
)


@given(decisions, decisions)
def test_retracting_as_often_as_decided_leads_back(
    first: list[tuple[EntryVerdict, int | None]], later: list[tuple[EntryVerdict, int | None]]
) -> None:
    back = [(RETRACT, None)] * len(later)
    before, after = _judged(*first), _judged(*first, *later, *back)
    assert (after.judged, after.person, after.apart) == (before.judged, before.person, before.apart)


@given(decisions)
def test_nobody_is_the_same_and_apart_at_once(said: list[tuple[EntryVerdict, int | None]]) -> None:
    found = _judged(*said)
    assert found.person not in found.apart
    assert (found.person is not None) is (found.judged is Judged.SAME)
