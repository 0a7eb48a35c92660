from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.matching.engine import WORTH_SAYING, Index
from constancia.domain.matching.shapes import Candidate, Known, Matched, Mention
from tests.domain.matching.people import KEPT, SOME, index
from tests.support.effort import examples


def _first(found: Matched) -> Candidate:
    assert found.candidates
    return found.candidates[0]


WRITINGS = [
    "Onésimo Urdaneta Paz",
    "ONESIMO URDANETA PAZ",
    "onesimo urdaneta",
    "Urdaneta Paz, Onésimo",
    "URDANETA PAZ ONESIMO",
    "Paz Urdaneta Onésimo",
    "O. Urdaneta Paz",
    "Onésimo Urdaneta P.",
    "Onécimo Urdaneta Pas",
    "Onesimo Hurdaneta Paz",
    "Onesimo Urdanetta Paz",
    "Onesimo Urdnaeta Paz",
    "0nes1mo Urdaneta Paz",
    "Sr. Onésimo Urdaneta Paz",
    "OnésimoUrdaneta Paz",
    "Onésimo de la Urdaneta y Paz",
    "Onésimo Urdaneta Paz de Colmenares",
    "Онесимо Урданета Паз",
]


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_rare_name_is_found_however_it_is_written(writing: str) -> None:
    found = index("Onésimo Urdaneta Paz").match([Mention(writing)])[0]
    assert _first(found).key == KEPT
    assert _first(found).probability > 0.8


SHORTENED = [
    ("Jesús Alberto Ontiveros", "Chuy Ontiveros"),
    ("José Gregorio Ontiveros", "Goyo Ontiveros"),
    ("José Ontiveros Lugo", "Pepe Ontiveros"),
    ("Norberto Ontiveros", "Beto Ontiveros"),
    ("Francisco Ontiveros Lugo", "Fco. Ontiveros"),
    ("María Ontiveros Lugo", "Ma. Ontiveros Lugo"),
    ("Juan Ontiveros", "Juancito Ontiveros"),
    ("Daniel Ontiveros", "Dani Ontiveros"),
    ("Pedro Gutiérrez Ontiveros", "Pedro Gtez. Ontiveros"),
    ("Jorge Ontiveros", "Yorch Ontiveros"),
    ("Michael Ontiveros", "Maikel Ontiveros"),
]


@pytest.mark.parametrize(("known", "written"), SHORTENED)
def test_familiar_foreign_and_abbreviated_forms_are_found(known: str, written: str) -> None:
    assert _first(index(known).match([Mention(written)])[0]).key == KEPT


BEATS = [
    # mention, the likelier person, the less likely one
    ("Juan Pérez Ontiveros", "Juan Pérez Ontiveros", "Juan Pérez Lugo"),
    ("Juan Pérez", "Juan Pérez Lugo", "Pedro Pérez Lugo"),
    ("Juan Peres Lugo", "Juan Pérez Lugo", "Juan Paredes Lugo"),
    ("Ontiveros Juan", "Juan Ontiveros Lugo", "Juan Lugo Ontiveros"),
    ("Juan C. Ontiveros", "Juan Carlos Ontiveros", "Juan Pedro Ontiveros"),
    ("María Ontiveros", "María Ontiveros Lugo", "Mario Ontiveros Lugo"),
    ("Chuy Ontiveros", "Jesús Ontiveros", "José Ontiveros"),
    ("Luis Ontiveros Peña", "Luis Ontiveros Peña", "Luis Peña Ontiveros"),
    ("Ysmael Ontiveros", "Ismael Ontiveros", "Samuel Ontiveros"),
    ("Gonsales Bravo Ana", "Ana González Bravo", "Ana Bravo González"),
    ("Exequiel Ontiveros", "Ezequiel Ontiveros", "Miguel Ontiveros"),
    ("Ana Muñoz Ontiveros", "Ana Muñoz Ontiveros", "Ana Muñiz Ontiveros"),
]


@pytest.mark.parametrize(("mention", "better", "worse"), BEATS)
def test_the_likelier_person_comes_first(mention: str, better: str, worse: str) -> None:
    found = index(better, worse).match([Mention(mention)])[0]
    weights = {one.key: one.weight for one in found.candidates}
    assert weights[KEPT] > weights.get(KEPT + 1, float("-inf"))


def test_two_people_of_a_common_name_are_less_sure_than_two_of_a_rare_one() -> None:
    common, rare = index("Onésimo Urdaneta").match(
        [Mention("José Luis Rodríguez"), Mention("Onésimo Urdaneta")]
    )
    assert _first(rare).probability > 0.95 > _first(common).probability


def test_namesakes_share_the_probability() -> None:
    found = index("Onésimo Urdaneta Paz", "Onésimo Urdaneta Paz").match([Mention("Onésimo Urdaneta Paz")])[0]
    first, second = found.candidates[:2]
    assert first.probability == pytest.approx(second.probability)
    assert found.margin == 0


def test_somebody_who_is_not_there_is_nobody() -> None:
    found = index().match([Mention("Tiburcio Quevedo Zabaleta")])[0]
    assert found.nobody > 0.95
    assert found.comparable


def test_a_brother_is_not_taken_for_the_other() -> None:
    found = index("Pedro Ontiveros Lugo").match([Mention("Juan Ontiveros Lugo")])[0]
    assert _first(found).probability < 0.6


def test_an_alias_is_one_more_name() -> None:
    known = Known(KEPT, ("Pedro Rodríguez Pérez", "El Catire Ontiveros"))
    assert _first(index(known).match([Mention("catire ontiveros")])[0]).key == KEPT


@pytest.mark.parametrize("name", ["", "   ", "123456", "...", "🙂"])
def test_a_name_without_letters_cannot_be_compared(name: str) -> None:
    found = index().match([Mention(name)])[0]
    assert not found.comparable
    assert not found.candidates


@pytest.mark.parametrize("name", ["محمد علي", "王小明"])
def test_a_script_that_cannot_be_transliterated_surely_is_not_called_new(name: str) -> None:
    found = index().match([Mention(name)])[0]
    assert not found.comparable


def test_a_name_in_another_script_is_found_where_the_register_has_it_so() -> None:
    assert _first(index("محمد علي").match([Mention("محمد علي")])[0]).key == KEPT


def test_a_document_number_finds_somebody_whose_name_is_another() -> None:
    known = Known(KEPT, ("Pedro Rodríguez",), documents=("V-12.345.678",))
    found = index(known).match([Mention("El Catire", document="12345678")])[0]
    assert _first(found).key == KEPT


def test_a_slip_in_a_document_number_is_forgiven_where_the_name_agrees() -> None:
    known = Known(KEPT, ("José Luis Rodríguez",), documents=("12345678",))
    with_slip, with_other = index(known).match(
        [Mention("José Rodríguez", document="12345778"), Mention("José Rodríguez", document="99111222")]
    )
    assert _first(with_slip).key == KEPT
    assert _first(with_slip).probability > 0.9
    assert all(one.probability < 0.2 for one in with_other.candidates if one.key == KEPT)


EVIDENCE = [
    (Mention("José Pérez", sex="male"), Known(KEPT, ("José Pérez",), sex="male")),
    (Mention("José Pérez", state="lara"), Known(KEPT, ("José Pérez",), states=("zulia", "lara"))),
    (Mention("José Pérez", place="Tocorón"), Known(KEPT, ("José Pérez",), places=("Cárcel de Tocorón",))),
    (Mention("José Pérez", born=(726000, 726364)), Known(KEPT, ("José Pérez",), born=(726100, 726100))),
    (Mention("José Pérez", day=(739000, 739000)), Known(KEPT, ("José Pérez",), days=((738999, 739001),))),
    (Mention("José Pérez", occupation="periodista"), Known(KEPT, ("José Pérez",), occupation="Periodista")),
    (Mention("José Pérez", document="V-1234567"), Known(KEPT, ("José Pérez",), documents=("1.234.567",))),
]


@pytest.mark.parametrize(("mention", "known"), EVIDENCE)
def test_evidence_that_agrees_never_lowers_a_weight(mention: Mention, known: Known) -> None:
    people = index(known)
    with_it, without = people.match([mention, Mention(mention.name)])
    weight = {one.key: one for one in with_it.candidates}[KEPT]
    before = {one.key: one for one in without.candidates}[KEPT]
    assert weight.weight >= before.weight
    assert weight.probability >= before.probability


def test_the_reasons_add_up_to_the_weight() -> None:
    known = Known(KEPT, ("Juan Carlos Ontiveros Lugo",), states=("lara",), born=(726000, 726364))
    mentions = [
        Mention("Ontiberos Jn. C. Prado", state="zulia", born=(726000, 726364)),
        Mention("Juan Ontiveros Lugo de Bravo"),
    ]
    for found in index(known).match(mentions):
        for one in (one for one in found.candidates if one.probability >= WORTH_SAYING):
            assert sum(reason.weight for reason in one.reasons) == pytest.approx(one.weight, abs=1e-3)


WORDS = "José Jose Luis Pérez Peres Ontiveros Chuy J. María de la Peña Pena y X Ñáñez 王小明 Анна 0 - ’"
NAMES = st.lists(st.sampled_from(WORDS.split()), max_size=6).map(" ".join)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(NAMES, max_size=5))
def test_whatever_is_written_probabilities_add_up_and_are_in_order(names: list[str]) -> None:
    for found in index("Анна Peña").match([Mention(name) for name in names]):
        chances = [one.probability for one in found.candidates]
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) + found.nobody <= 1 + 1e-9
        assert len({one.key for one in found.candidates}) == len(chances)


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(NAMES, min_size=2, max_size=6), st.randoms())
def test_the_order_of_a_list_does_not_matter(names: list[str], random: object) -> None:
    people = index("Onésimo Urdaneta")
    turned = list(reversed(names))
    straight = people.match([Mention(name) for name in names])
    back = people.match([Mention(name) for name in turned])
    assert straight == list(reversed(back)) or [_plain(one) for one in straight] == [
        _plain(one) for one in reversed(back)
    ]


def _plain(found: Matched) -> list[tuple[int, float]]:
    return [(one.key, round(one.probability, 6)) for one in found.candidates]


def test_only_those_allowed_are_found() -> None:
    people = index("Onésimo Urdaneta Paz", "Onésimo Urdaneta Lugo")
    found = people.match([Mention("Onésimo Urdaneta")], only=[KEPT + 1])[0]
    assert [one.key for one in found.candidates] == [KEPT + 1]


class TestReplaced:
    """The index with a few people taken over anew answers as one made from the start."""

    def test_somebody_new_is_found(self) -> None:
        people = Index(SOME).replaced([Known(5000, ("Onésimo Urdaneta Paz",))])
        assert _first(people.match([Mention("onesimo urdaneta paz")])[0]).key == 5000
        assert len(people) == len(SOME) + 1

    def test_a_corrected_name_is_found_and_the_old_one_is_not(self) -> None:
        old = index("Onésimo Urdaneta Paz")
        people = old.replaced([Known(KEPT, ("Tiburcio Quevedo",))])
        assert _first(people.match([Mention("Tiburcio Quevedo")])[0]).key == KEPT
        assert KEPT not in [one.key for one in people.match([Mention("Onésimo Urdaneta Paz")])[0].candidates]
        assert _first(old.match([Mention("Onésimo Urdaneta Paz")])[0]).key == KEPT

    def test_somebody_gone_is_not_found_by_name_nor_document(self) -> None:
        known = Known(KEPT, ("Onésimo Urdaneta Paz",), documents=("12345678",))
        people = index(known).replaced([], gone=[KEPT])
        found = people.match([Mention("Onésimo Urdaneta Paz", document="12345678")])[0]
        assert KEPT not in [one.key for one in found.candidates]
        assert people.known(KEPT) is None

    def test_a_common_name_is_as_common_among_the_few(self) -> None:
        fresh = Known(5000, ("José Luis Rodríguez Bravo",))
        beside = Index(SOME).replaced([fresh]).match([Mention("José Luis Rodríguez Bravo")])[0]
        anew = Index([*SOME, fresh]).match([Mention("José Luis Rodríguez Bravo")])[0]
        assert _first(beside).probability == pytest.approx(_first(anew).probability, abs=0.02)

    def test_many_at_once_make_the_tables_anew(self) -> None:
        many = [replace(one, key=one.key + 9000) for one in SOME] + [
            replace(one, key=one.key + 19000) for one in SOME
        ]
        people = Index(SOME).replaced(many)
        assert len(people) == 3 * len(SOME)
        assert people.known(9001) is not None


def test_an_empty_register_answers_nobody() -> None:
    found = Index([]).match([Mention("Ana Pérez"), Mention("")])
    assert [one.candidates for one in found] == [(), ()]
    assert found[0].comparable
    assert not found[1].comparable
