"""What is written becomes what is compared."""

from __future__ import annotations

import pytest

from constancia.domain.errors import InputRefused, MappingRefused
from constancia.domain.matching.linking.language import As
from constancia.domain.matching.linking.preparing import born_of_digits, prepared
from constancia.domain.names.sound import sound
from tests.support.lists import HEADER, MAPPING, lines, people

MARY = ("1", "María del Carmen", "Peñalver", "08/01/1970", "V-12.345.678", "x")


def test_accents_particles_and_the_letter_of_a_document_do_not_matter() -> None:
    values = people([MARY]).records[0].values
    assert values["given"] == "maria carmen"
    assert values["document"] == "12345678"
    assert (values["born_y"], values["born_m"], values["born_d"]) == (1970, 1, 8)
    assert values["name"] == "carmen maria penalver"


@pytest.mark.parametrize(
    ("one", "other"),
    [("vaez", "baes"), ("gimenez", "jimenes"), ("yanez", "llanes"), ("henriquez", "enrikes")],
)
def test_spellings_of_one_sound_are_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_names_in_other_scripts_are_compared_by_transliteration() -> None:
    assert prepared(As.GIVEN, "given", "Наталья")["given"] == prepared(As.GIVEN, "given", "Natalya")["given"]
    assert prepared(As.NAME, "name", "محمد")


def test_signs_alone_are_nothing_to_compare() -> None:
    assert prepared(As.NAME, "name", "…—") == {}


def test_a_date_says_no_more_than_it_is() -> None:
    values = people([(*MARY[:3], "1970", *MARY[4:])]).records[0].values
    assert values["born_y"] == 1970
    assert "born_m" not in values


def test_a_day_that_no_calendar_has_is_compared_by_its_parts_and_told() -> None:
    found = people([(*MARY[:3], "31/13/1970", *MARY[4:])])
    assert found.records[0].values["born_y"] == 1970
    assert "born_m" not in found.records[0].values
    assert sum(found.unread.values()) == 1
    assert born_of_digits("19451331", "ymd") == {"born_y": 1945, "born_y_text": "1945", "born_d": 31}
    assert born_of_digits("nada", "ymd") == {}


def test_two_rows_of_one_identifier_are_refused_with_their_numbers() -> None:
    with pytest.raises(InputRefused) as refused:
        people([MARY, MARY])
    assert (refused.value.code, refused.value.params) == ("linking.id_twice", {"row": 3, "other": 2})


def test_a_list_without_anybody_is_refused() -> None:
    with pytest.raises(InputRefused, match=r"linking\.empty"):
        people([])


def test_a_missing_column_is_refused_with_its_place() -> None:
    with pytest.raises(MappingRefused) as refused:
        people([MARY], header=HEADER[:-2])
    assert refused.value.code == "mapping.column_missing"


def test_a_custody_that_is_no_term_is_not_believed() -> None:
    text = MAPPING + '[[field]]\nas = "custody"\ncolumn = "quién"\nvalues = { presa = "in_custody" }\n'
    assert people([(*MARY[:5], "presa")], text).records[0].custody == "in_custody"
    unknown = people([(*MARY[:5], "ausente")], text)
    assert (unknown.records[0].custody, unknown.unread) == ("", {"linking.custody": 1})


def test_invented_lists_are_the_same_each_time() -> None:
    assert lines(5, prefix="b") == lines(5, prefix="b")
