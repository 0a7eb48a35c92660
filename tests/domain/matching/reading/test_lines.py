"""One line of a list: the name, what else it says, and what stays to be read by a person."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.matching.reading import read_text
from tests.domain.matching.reading.read import names, one

NAME = "Ana Inventada Prueba"


@pytest.mark.parametrize(
    "line",
    [
        "1. Ana Inventada Prueba",
        "12) Ana Inventada Prueba",
        "(3) Ana Inventada Prueba",
        "4.- Ana Inventada Prueba",
        "Nº 12 Ana Inventada Prueba",
        "N° 7. Ana Inventada Prueba",
        "- Ana Inventada Prueba",
        "• Ana Inventada Prueba",
        "1º Ana Inventada Prueba",
        "7\tAna Inventada Prueba",
        "- 9. Ana Inventada Prueba;",
        "10.Ana Inventada Prueba",
        "11 Ana Inventada Prueba",
        "49999. Ana Inventada Prueba",
        "a) Ana Inventada Prueba",
        "1️⃣ Ana Inventada Prueba",
        "> Ana Inventada Prueba",
        "*Ana Inventada Prueba*",
        "_Ana Inventada Prueba_",
        "  Ana   Inventada\u00a0Prueba ,",
        "Nombre: Ana Inventada Prueba",
        "Nombres y apellidos: Ana Inventada Prueba",
    ],
)
def test_numbers_bullets_and_emphasis_are_no_part_of_a_name(line: str) -> None:
    entry = one(line)
    assert (entry.mention.name, entry.remarks, entry.notes) == (NAME, (), ())


@pytest.mark.parametrize(
    ("line", "remarks"),
    [
        ("ANA INVENTADA PRUEBA - LIBERADA", ("LIBERADA",)),
        ("ANA INVENTADA PRUEBA-LIBERADA", ()),
        ("ANA INVENTADA PRUEBA– LIBERADA", ("LIBERADA",)),
        ("ANA INVENTADA PRUEBA LIBERADA", ("LIBERADA",)),
        ("ANA INVENTADA PRUEBA LIBERADA HOY", ("LIBERADA HOY",)),
        ("LIBERADA ANA INVENTADA PRUEBA", ("LIBERADA",)),
        ("LIBERADA: ANA INVENTADA PRUEBA", ("LIBERADA",)),
        ("ANA INVENTADA PRUEBA (excarcelada)", ("excarcelada",)),
        ("✅ ANA INVENTADA PRUEBA", ("✅",)),
        ("1) ✅ ANA INVENTADA PRUEBA ❌", ("❌", "✅")),
        ("ANA INVENTADA PRUEBA fue excarcelada anoche", ("fue excarcelada anoche",)),
        ("ANA INVENTADA PRUEBA, casa por cárcel", ("casa por cárcel",)),
        ('ANA "La Prueba" INVENTADA PRUEBA', ("La Prueba",)),
        ("ANA (Anita) INVENTADA PRUEBA", ("Anita",)),
        ("Sra. ANA INVENTADA PRUEBA", ("Sra.",)),
        ("ANA INVENTADA PRUEBA ..... LIBERADA", ("LIBERADA",)),
        ("ANA INVENTADA PRUEBA @ana_inventada", ("@ana_inventada",)),
        ("ANA INVENTADA PRUEBA, 0414-1234567", ("0414-1234567",)),
        ("ANA INVENTADA PRUEBA https://lista.example/x", ("https://lista.example/x",)),
    ],
)
def test_what_is_glued_to_a_name_becomes_a_remark_as_written(line: str, remarks: tuple[str, ...]) -> None:
    entry = one(line)
    if remarks:
        assert entry.mention.name == NAME.upper()
    assert set(entry.remarks) == set(remarks)


@pytest.mark.parametrize(
    ("line", "document"),
    [
        ("Ana Inventada Prueba V-12.345.678", "V-12345678"),
        ("Ana Inventada Prueba V12345678", "V-12345678"),
        ("Ana Inventada Prueba v- 12345678", "V-12345678"),
        ("Ana Inventada Prueba E-84.123.456", "E-84123456"),
        ("Ana Inventada Prueba, C.I. 12.345.678", "12345678"),
        ("Ana Inventada Prueba CI: V-9.876.543", "V-9876543"),
        ("Ana Inventada Prueba C.I.12 345 678", "12345678"),
        ("Ana Inventada Prueba cédula N° 12345678", "12345678"),
        ("Ana Inventada Prueba (12.345.678)", "12345678"),
        ("12.345.678 Ana Inventada Prueba", "12345678"),
        ("Ana Inventada Prueba, titular de la cédula de identidad N° V-12.345.678", "V-12345678"),
        ("12345678\tAna Inventada Prueba", "12345678"),
        ("Ana Inventada PruebaV-12345678", "V-12345678"),
        ("Ana Inventada Prueba12345678", "12345678"),
        ("3. 12.345.678 Ana Inventada Prueba", "12345678"),
    ],
)
def test_a_cedula_is_read_however_it_is_written(line: str, document: str) -> None:
    entry = one(line)
    assert (entry.mention.name, entry.mention.document) == (NAME, document)


def test_a_name_that_ends_in_e_keeps_its_last_letter() -> None:
    for line in ("ANA JOSE-12345678", "Ana José 12345678", "Ana Nadie 12345678"):
        entry = one(line)
        assert entry.mention.name.upper().endswith("E" if "Jos" not in line else "É")
        assert entry.mention.document == "12345678"


def test_two_documents_in_a_line_are_both_left_to_a_person() -> None:
    entry = one("Ana Inventada Prueba V-12345678, esposo V-87654321")
    assert entry.mention.document == ""
    assert {"V-12345678", "V-87654321"} <= set(entry.remarks)
    assert "list.documents_two" in entry.notes


@pytest.mark.parametrize(
    "line", ["Ana Prueba, 34 años", "Ana Prueba (34)", "Ana Prueba de 34 años", "Ana Prueba edad: 34"]
)
def test_an_age_gives_the_days_of_birth_by_the_day_of_the_list(line: str) -> None:
    born = one(line).mention.born
    assert born == (date(1991, 2, 25).toordinal(), date(1992, 2, 24).toordinal())


def test_without_the_day_of_the_list_an_age_is_a_remark() -> None:
    entry = read_text(["Ana Prueba, 34 años"]).entries[0]
    assert (entry.mention.born, entry.remarks, entry.notes) == (None, ("34 años",), ("list.age_without_day",))


def test_years_of_a_sentence_are_no_age() -> None:
    entry = one("Ana Prueba, condenada a 30 años")
    assert (entry.mention.born, entry.remarks) == (None, ("condenada a 30 años",))


def test_an_age_that_nobody_reaches_stays_as_a_remark() -> None:
    entry = one("Ana Prueba, 340 años")
    assert (entry.mention.born, entry.remarks, entry.notes) == (None, ("340 años",), ("list.age_unread",))


def test_days_of_birth_and_of_detention_are_told_by_their_words() -> None:
    entry = one("Ana Prueba, nacida el 3/4/1985, detenida el 12 de enero de 2026 y liberada el 20/02/2026")
    assert entry.mention.born == (date(1985, 4, 3).toordinal(),) * 2
    assert entry.mention.day == (date(2026, 1, 12).toordinal(),) * 2
    assert any("20/02/2026" in remark for remark in entry.remarks)


@pytest.mark.parametrize(
    ("line", "written", "note"),
    [
        ("Ana Prueba, detenida el 13/25/2026", "detenida el 13/25/2026", "list.date_unread"),
        ("Ana Prueba, detenida el 3/4/26", "detenida el 3/4/26", "list.date_unread"),
        ("Ana Prueba, 12/01/2026", "12/01/2026", "list.date_unclear"),
        ("Ana Prueba, 34", "34", "list.number_unread"),
    ],
)
def test_figures_that_cannot_be_read_with_certainty_stay_as_remarks(
    line: str, written: str, note: str
) -> None:
    entry = one(line)
    assert (entry.mention.name, entry.mention.born, entry.mention.day) == ("Ana Prueba", None, None)
    assert (entry.remarks, entry.notes) == ((written,), (note,))


def test_month_first_is_read_where_it_is_declared() -> None:
    entry = read_text(["Ana Prueba, detained on 01/12/2026"], order="mdy").entries[0]
    assert entry.mention.day == (date(2026, 1, 12).toordinal(),) * 2


def test_state_place_and_occupation_are_recognised_as_pieces_and_never_within_a_name() -> None:
    entry = one("Ana Bolívar Miranda - Edo. Zulia - cárcel de Tocuyito - periodista")
    assert entry.mention.name == "Ana Bolívar Miranda"
    assert (entry.mention.state, entry.mention.place) == ("zulia", "Tocuyito")
    assert entry.mention.occupation == "periodista"


def test_a_town_is_no_state() -> None:
    entry = one("Ana Prueba, Maracaibo")
    assert (entry.mention.state, entry.mention.place, entry.remarks) == ("", "", ("Maracaibo",))


@pytest.mark.parametrize(
    "line", ["PÉREZ, LARA", "PÉREZ GIL, LARA", "Miranda, Ana", "BOLÍVAR, JOSÉ", "Sucre Pérez, Ana"]
)
def test_a_state_beside_a_comma_may_be_a_name(line: str) -> None:
    entry = one(line)
    assert (entry.mention.name, entry.mention.state) == (line, "")


def test_a_given_name_first_makes_what_follows_a_state_with_a_note() -> None:
    entry = one("Ana Prueba, Lara")
    assert (entry.mention.name, entry.mention.state, entry.notes) == (
        "Ana Prueba",
        "lara",
        ("list.name_or_state",),
    )


@pytest.mark.parametrize(
    ("line", "name", "occupation"),
    [
        ("Ing. Ana Prueba", "Ana Prueba", "ingeniero"),
        ("Tte. Cnel. José Irreal", "José Irreal", "teniente coronel"),
        ("S/1. José Irreal", "José Irreal", "sargento"),
        ("Cap. (Ej.) José Irreal", "José Irreal", "capitán"),
        ("Coronel José Irreal", "José Irreal", "coronel"),
        ("Dr. José Irreal", "José Irreal", ""),
        ("Coronel Irreal, José", "Coronel Irreal, José", ""),
        ("Mayor Irreal José", "Mayor Irreal José", ""),
        ("A. SÁNCHEZ M.", "A. SÁNCHEZ M.", ""),
    ],
)
def test_titles_and_ranks_are_no_names_and_surnames_are_no_ranks(
    line: str, name: str, occupation: str
) -> None:
    entry = one(line)
    assert (entry.mention.name, entry.mention.occupation) == (name, occupation)


@pytest.mark.parametrize(
    "line",
    [
        "María de los Ángeles de la Cruz",
        "de las Heras García Francisco",
        "D'Elía Ruiz",
        "Núñez-Prueba Ana",
        "J. J. Irreal",
        "Libertad Inventada",
        "Ismael mtez. rguez.",
        "isabe1 inventada",
        "B0ronat Alonso",
        "محمد الأمين",
        "李小龙",
        "Иван Вымышленный",
        "Nguyễn Văn Ảo",
        "José Ortega y Gasset",
        "Fulano",
    ],
)
def test_names_of_all_kinds_are_kept_as_written(line: str) -> None:
    assert names(line) == [line]


def test_a_single_word_is_noted_but_not_where_words_are_not_parted() -> None:
    assert one("Fulano").notes == ("list.one_word",)
    assert one("李小龙").notes == ()


def test_a_document_without_a_name_is_somebody() -> None:
    entry = one("5. V-12.345.678")
    assert (entry.mention.name, entry.mention.document, entry.notes) == ("", "V-12345678", ("list.no_name",))


def test_a_numbered_line_without_letters_is_somebody_who_cannot_be_compared() -> None:
    entry = one("4. ???")
    assert not any(c.isalpha() for c in entry.mention.name)
    assert entry.notes == ("list.name_without_letters",)


def test_a_formula_is_no_name() -> None:
    entry = one('=HYPERLINK("http://x.example","Ana Prueba")')
    assert (entry.mention.name, entry.notes) == ("", ("list.formula",))
    assert entry.raw == '=HYPERLINK("http://x.example","Ana Prueba")'


def test_unseen_characters_are_taken_out_and_told() -> None:
    assert one("Ana\x00 Prueba\x07").notes == ("list.controls",)
    turned = one("Ana \u202eabeurP")
    assert (turned.mention.name, turned.notes) == ("Ana abeurP", ("list.direction",))
    assert one("An\ufffda Prueba").notes == ("list.damaged",)
    assert one("Ana" + "\u0301" * 50 + " Prueba").notes == ("list.marks",)
    assert one("Ana\u200b Prueba").mention.name == "Ana Prueba"


def test_a_struck_name_is_noted() -> None:
    entry = one("~Ana Prueba~")
    assert (entry.mention.name, entry.notes) == ("Ana Prueba", ("list.struck",))


def test_pastor_is_a_given_name_before_it_is_an_office() -> None:
    (found,) = read_text(["Irreal Inventado, Pastor E. - LIBERADO"]).entries
    assert found.mention.name == "Irreal Inventado, Pastor E."
