"""Lines that are no people, and what headings say of those under them."""

from __future__ import annotations

import pytest

from constancia.domain.errors import InputRefused
from constancia.domain.matching.reading import MAX_ENTRIES, MAX_LINE, read_text
from tests.domain.matching.reading.read import DAY, names, read, reasons


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("LISTADO DE EXCARCELADOS TOCORÓN 24-02-2026", "list.skip_heading"),
        ("Total: 99", "list.skip_heading"),
        ("Mujeres:", "list.skip_heading"),
        ("Hombres (35)", "list.skip_heading"),
        ("3 mujeres", "list.skip_heading"),
        ("Estado Zulia", "list.skip_heading"),
        ("Maracaibo", "list.skip_heading"),
        ("Tocorón", "list.skip_heading"),
        ("Liberados hoy", "list.skip_heading"),
        ("Fuente: Red Inventada", "list.skip_heading"),
        ("República Bolivariana de Venezuela", "list.skip_heading"),
        ("Página 2 de 3", "list.skip_figures"),
        ("2/3", "list.skip_figures"),
        ("17", "list.skip_figures"),
        ("24/02/2026", "list.skip_figures"),
        ("-----", "list.skip_signs"),
        ("El vocero informó que fueron liberadas 99 personas", "list.skip_prose"),
        ("Seguimos esperando noticias para todos los demás", "list.skip_prose"),
        ("Una mujer sin identificar", "list.skip_unnamed"),
        ("NN", "list.skip_unnamed"),
        ("10. Adolescente de 16 años", "list.skip_unnamed"),
        ("🔴 ÚLTIMA HORA: excarcelados esta noche", "list.skip_heading"),
        ("Buenas noches a todos", "list.skip_heading"),
        ("Dios los bendiga 🙏", "list.skip_heading"),
        ("@violeta_inventada", "list.skip_heading"),
        ("mensaje reenviado", "list.skip_chat"),
        ("x" * (MAX_LINE + 1), "list.line_too_long"),
    ],
)
def test_what_is_no_person_is_left_out_with_its_reason(line: str, reason: str) -> None:
    assert names(line) == []
    assert reasons(line) == [reason]


def test_conversations_are_read_without_who_wrote_when() -> None:
    found = names(
        "[24/2/26, 22:13] Violeta: Ana Prueba",
        "\u200e[24/2/26, 22:13:05] Violeta Sol: 2. José Irreal",
        "24/2/26, 10:13\u202fp.\u00a0m. - Violeta: Luis Falso",
        "24/02/2026 22:13 - +58 414-1234567: Rosa Fingida",
        "24/2/26, 22:14 - Violeta añadió a Clavel",
        "[24/2/26, 22:15] Violeta: imagen omitida",
        "Violeta, [24.02.2026 22:13]",
        "Marta Supuesta",
    )
    assert found == ["Ana Prueba", "José Irreal", "Luis Falso", "Rosa Fingida", "Marta Supuesta"]


def test_headings_of_both_sexes_say_the_sex_of_those_under_them() -> None:
    found = read("Mujeres (2):", "Ana Prueba", "Rosa Prueba", "Hombres (1)", "José Irreal")
    assert [entry.mention.sex for entry in found.entries] == ["woman", "woman", "man"]
    assert found.notes == ()


@pytest.mark.parametrize(
    "lines",
    [
        ("Mujeres:", "Ana Prueba", "José Irreal"),
        ("Mujeres: 5", "Hombres: 94", "Ana Prueba", "José Irreal"),
        ("Mujeres (1)", "Ana Prueba", "Hombres (5)", "José Irreal"),
        ("3 mujeres", "Ana Prueba", "96 hombres", "José Irreal"),
        ("Zulia", "Ana Prueba", "Lara", "José Irreal"),
    ],
)
def test_headings_that_may_mean_something_else_say_nothing(lines: tuple[str, ...]) -> None:
    found = read(*lines)
    assert [(entry.mention.sex, entry.mention.state) for entry in found.entries] == [("", ""), ("", "")]
    assert "list.section_unused" in found.notes


def test_headings_of_states_hold_until_the_next_heading_and_not_against_the_line() -> None:
    found = read(
        "Estado Zulia:",
        "Ana Prueba",
        "Rosa Prueba, edo. Mérida",
        "Edo. Lara:",
        "José Irreal",
        "Otros detenidos",
        "Luis Falso",
    )
    assert [entry.mention.state for entry in found.entries] == ["zulia", "merida", "lara", ""]


def test_repeated_people_are_told_apart_from_namesakes() -> None:
    found = read(
        "Ana Prueba",
        "ANA PRUEBA",
        "José Irreal V-1234567",
        "José Irreal V-7654321",
        "José Irreal V-1234567",
        "Luis Falso, 20 años",
        "Luis Falso, 50 años",
        "Luis Falso, 20 años",
        "Prueba Ana",
    )
    assert [entry.repeats for entry in found.entries] == [0, 1, 0, 0, 3, 0, 0, 6, 0]
    assert "list.repeats" in found.notes


def test_lines_and_pages_are_counted_as_they_stand() -> None:
    found = read_text(["\r\nAna Prueba\r\n\r\nJosé Irreal", "\nLuis Falso"], paged=True, day=DAY)
    assert [(entry.page, entry.line, entry.number) for entry in found.entries] == [
        (1, 2, 1),
        (1, 4, 2),
        (2, 2, 3),
    ]
    assert [(e.page, e.line) for e in read_text(["Ana Prueba\rJosé Irreal"]).entries] == [(0, 1), (0, 2)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "list.empty"),
        (" \n\t\n ", "list.empty"),
        ("-----\n17\nTotal: 9", "list.no_people"),
        ("\u200b", "list.no_people"),
    ],
)
def test_a_list_of_nobody_is_refused(text: str, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_text([text])
    assert refused.value.code == code


def test_fifty_thousand_people_are_read_and_one_more_is_refused() -> None:
    many = [f"{n}. Ana Inventada P{'abcdefghij'[n % 10]}rueba" for n in range(1, MAX_ENTRIES + 1)]
    assert len(read_text(["\n".join(many)]).entries) == MAX_ENTRIES
    with pytest.raises(InputRefused) as refused:
        read_text(["\n".join([*many, "José Irreal"])])
    assert (refused.value.code, refused.value.params) == ("list.too_many", {"limit": MAX_ENTRIES})


def test_a_line_of_a_megabyte_is_left_out_by_its_number_and_the_others_are_read() -> None:
    found = read("Ana Prueba", "x" * 1_000_000, "José Irreal")
    assert [entry.line for entry in found.entries] == [1, 3]
    assert [(one.line, one.reason) for one in found.skipped] == [(2, "list.line_too_long")]
    assert len(found.skipped[0].raw) < 300
