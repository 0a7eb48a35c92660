"""Numbers typed by hand: all of them are told, and what is harmless is guessed."""

from __future__ import annotations

import pytest

from constancia.domain.publishing.texts import typed_numbers
from tests.support.editions import content
from tests.support.report_texts import with_section, with_texts


@pytest.mark.parametrize(
    ("text", "number", "guess"),
    [
        ("quedan 541 personas", "541", "figure"),
        ("más de 18.931 detenidas", "18.931", "figure"),
        ("unas 12,5 por ciento", "12,5", "figure"),
        ("el 2 de marzo de 2026 fue", "2 de marzo de 2026", "date"),
        ("el 2 de marzo fue", "2 de marzo", "date"),
        ("on March 2, 2026 it", "March 2, 2026", "date"),
        ("on 2 March 2026 it", "2 March 2026", "date"),
        ("en marzo de 2026 hubo", "marzo de 2026", "date"),
        ("al 02/03/2026", "02/03/2026", "date"),
        ("desde 2014 hasta", "2014", "year"),
        ("el art. 7 dice", "art. 7", "article"),
        ("el artículo 44.1 dice", "artículo 44.1", "article"),
        ("Gaceta Oficial N.º 6.990", "Gaceta Oficial N.º 6.990", "article"),
        ("la 3.ª vez", "3.ª", "ordinal"),
        ("the 21st day", "21st", "ordinal"),
        ("a las 20:30 salieron", "20:30", "hour"),
    ],
)
def test_each_number_is_told_with_a_guess(text: str, number: str, guess: str) -> None:
    (found,) = typed_numbers(with_section(content(), f"# A\n\nAntes.\n\nY {text} aquí."), "es")
    assert (found.file, found.line, found.text, found.guess) == ("es/a.md", 5, number, guess)
    assert number in found.around


def test_what_no_reader_would_take_for_a_figure_is_not_told() -> None:
    text = (
        "# A\n\n{{ held }} y {{ table.held_by_place.El Rodeo I }}{{ nota: 3 }}[^1]\n\n"
        "{# 99 #}\n\n1. uno\n2. dos\n\n[b](https://b.example/2026/03/99)\n\n[^1]: Nota."
    )
    assert not typed_numbers(with_section(content(), text), "es")


def test_numbers_in_headings_tables_notes_and_emphasis_are_told_with_their_lines() -> None:
    text = "# A 11\n\nuno\n**22** y[^n]\n\n|a|b|\n|-|-|\n|x|33|\n|y|44|\n\n- z\n  55\n\n[^n]: Vea 66."
    found = typed_numbers(with_section(content(), text), "en")
    assert [(one.line, one.text) for one in found] == [
        (1, "11"),
        (4, "22"),
        (8, "33"),
        (9, "44"),
        (12, "55"),
        (14, "66"),
    ]


def test_files_come_in_the_order_of_the_report() -> None:
    files = {"informe.toml": '[report]\nsections = ["z", "a"]\n', "es/z.md": "# Z 1", "es/a.md": "# A 2"}
    found = typed_numbers(with_texts(content(), files), "es")
    assert [(one.file, one.text) for one in found] == [("es/z.md", "1"), ("es/a.md", "2")]


def test_a_text_with_faults_is_searched_all_the_same() -> None:
    found = typed_numbers(with_section(content(), "# A\n\n{{ nadie }} y 77"), "es")
    assert [one.text for one in found] == ["77"]
