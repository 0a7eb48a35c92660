from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.matching.doubles import as_mention, doubles
from constancia.domain.matching.engine import Index
from constancia.domain.matching.shapes import Known
from tests.domain.matching.people import SOME, index
from tests.support.effort import examples


def _pairs(people: Index, least: float = 0.3) -> list[tuple[int, int]]:
    return [(one.one, one.other) for one in doubles(people, least=least)]


def test_two_wordings_of_a_rare_name_are_a_pair() -> None:
    people = index("Onésimo Urdaneta Paz", "ONESIMO HURDANETA P.", "Tiburcio Quevedo")
    assert (1000, 1001) in _pairs(people)
    assert not any(1002 in pair for pair in _pairs(people))


def test_brothers_are_no_pair() -> None:
    assert (1000, 1001) not in _pairs(index("Juan Ontiveros Lugo", "Pedro Ontiveros Lugo"))


def test_namesakes_with_other_documents_and_births_are_no_pair() -> None:
    one = Known(1000, ("Onésimo Urdaneta Paz",), documents=("12345678",), born=(720000, 720000))
    other = Known(1001, ("Onésimo Urdaneta Paz",), documents=("23456712",), born=(735000, 735000))
    assert (1000, 1001) not in _pairs(index(one, other))


def test_what_one_person_is_asked_as_is_all_that_is_known() -> None:
    known = Known(
        1,
        ("Ana Gil", "La Catira"),
        documents=("1",),
        born=(1, 2),
        sex="woman",
        states=("lara",),
        days=((3, 4),),
    )
    mention = as_mention(known)
    assert (mention.name, mention.document, mention.born) == ("Ana Gil", "1", (1, 2))
    assert (mention.sex, mention.state, mention.day) == ("woman", "lara", (3, 4))


WORDS = ["José", "Luis", "Onésimo", "Urdaneta", "Hurdaneta", "Paz", "P.", "Gil"]
NAMES = st.lists(st.lists(st.sampled_from(WORDS), min_size=2, max_size=4), min_size=2, max_size=5)


@settings(max_examples=examples(12), deadline=None)
@given(NAMES)
def test_a_pair_is_as_likely_from_either_side(names: list[list[str]]) -> None:
    people = [Known(1000 + at, (" ".join(words),)) for at, words in enumerate(names)]
    turned = [replace(one, key=3000 - one.key) for one in people]
    few = SOME[:30]
    straight = doubles(Index([*few, *people]), least=0.05)
    back = doubles(Index([*few, *turned]), least=0.05)
    here = {(one.one, one.other): round(one.probability, 5) for one in straight if one.one >= 1000}
    there = {(3000 - one.other, 3000 - one.one): round(one.probability, 5) for one in back if one.one >= 1000}
    assert here == there


def test_only_pairs_with_somebody_asked_for_are_found_as_in_the_whole() -> None:
    people = index("Onésimo Urdaneta Paz", "Onesimo Urdaneta P.", "Tiburcio Quevedo", "Tiburcio Quebedo")
    whole = {(one.one, one.other): one.probability for one in doubles(people)}
    some = {(one.one, one.other): one.probability for one in doubles(people, among={1001})}
    assert some == {pair: chance for pair, chance in whole.items() if 1001 in pair}
    assert some
