"""What a sound text becomes."""

from __future__ import annotations

import pytest

from constancia.domain.language import Language
from constancia.domain.publishing.blocks import (
    Aside,
    Block,
    Break,
    Bullets,
    DataTable,
    Document,
    Emphasis,
    Heading,
    KeyNumbers,
    Link,
    NoteMark,
    Number,
    Paragraph,
    Picture,
    Quote,
    Strong,
    TableCell,
    Text,
)
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.report import report
from constancia.domain.publishing.texts.sheet import Described
from tests.support.charts import Invented
from tests.support.editions import content
from tests.support.report_texts import bare, with_section, words


def chart(content: Content, name: str, language: Language) -> Described:
    return Invented(name)


def document(text: str, whole: Content | None = None) -> Document:
    return report(with_section(whole or content(), f"# A\n\n{text}"), "es", describe=chart)


def blocks(text: str, whole: Content | None = None) -> tuple[Block, ...]:
    """The blocks under the title."""
    return document(text, whole).blocks[1:]


def only(text: str) -> Block:
    (found,) = blocks(text)
    return found


def test_a_figure_is_a_number_among_words() -> None:
    assert only("Había {{ held }} personas, **{{held.lowest}}** con\ncerteza.") == Paragraph(
        (
            Text("Había "),
            Number("541", "held"),
            Text(" personas, "),
            Strong((Number("538", "held.lowest"),)),
            Text(" con certeza."),
        ),
        lead=True,
    )


def test_emphasis_links_and_breaks() -> None:
    found = only("*una* [dos](https://dos.example/a?b=1) <mailto:tres@dos.example>  \nfin")
    assert found == Paragraph(
        (
            Emphasis((Text("una"),)),
            Text(" "),
            Link("https://dos.example/a?b=1", (Text("dos"),)),
            Text(" "),
            Link("mailto:tres@dos.example", (Text("mailto:tres@dos.example"),)),
            Break(),
            Text("fin"),
        ),
        lead=True,
    )


def test_headings_have_anchors_of_their_own() -> None:
    found = [
        one
        for one in document("## ¿Qué pasó?\n\n### Ñandú 2\n\n## ¿Qué pasó?\n\nx").blocks
        if isinstance(one, Heading)
    ]
    assert [(one.level, one.anchor) for one in found] == [
        (1, "a"),
        (2, "a-que-paso"),
        (3, "a-nandu-2"),
        (2, "a-que-paso-2"),
    ]


def test_lists_nest_and_keep_their_first_number() -> None:
    found = only("3. uno\n4. dos\n   - dentro")
    assert isinstance(found, Bullets)
    assert (found.ordered, found.start, len(found.items)) == (True, 3, 2)
    assert isinstance(found.items[1][1], Bullets)


def test_a_quotation_is_a_quote_and_one_with_a_mark_a_box() -> None:
    assert isinstance(only("> Dicho por alguien."), Quote)
    found = only("> [!nota] Cómo leer\n> Son {{ held }}.\n>\n> Y más.")
    assert isinstance(found, Aside)
    assert (found.title, found.tone, len(found.blocks)) == ("Cómo leer", "note", 2)
    assert found.blocks[0] == Paragraph((Text("Son "), Number("541", "held"), Text(".")))
    only_title = only("> [!note] Reading")
    assert only_title == Aside("Reading", ())


def test_a_table_of_the_desk_has_a_caption_and_numbers_to_the_right() -> None:
    found = only(
        "| Sexo | Personas |\n|---|--:|\n| Mujeres | {{ table.held_by_sex.woman }} |\n\n"
        ": Por {{ held }} personas"
    )
    assert isinstance(found, DataTable)
    assert words(found.caption) == "Por 541 personas"
    assert found.numbers == (False, True)
    assert found.rows[0].cells == (
        TableCell((Text("Mujeres"),)),
        TableCell((Number("104", "table.held_by_sex.woman"),)),
    )


def test_a_document_that_is_cited_again_keeps_its_number_and_marks_stand_close_to_their_words() -> None:
    found = document("Una {{ nota: 4 }} {{ nota: 3 }}. Otra {{ nota: 4 }}, y *más* {{ nota: 3 }}.")
    assert len(found.notes) == 2
    assert words(found.blocks[1].runs) == "Una[1]\u00a0[2]. Otra[1], y más[2]."  # type: ignore[union-attr]


def test_notes_are_numbered_as_they_are_called_and_cite_documents() -> None:
    found = document(
        "Una{{ nota: 4 }}, dos[^b] y tres{{ source: 3 }}.\n\nOtra vez[^b].\n\n"
        "[^b]: Con *marca*.\n\n    Y más."
    )
    assert [words(note) for note in found.notes] == [
        "Otra Organización, «Boletín semanal», 2 de marzo de 2026.",
        "Con marca. / Y más.",
        "Diario Ejemplar, «Nota de prensa», 8 de enero de 2026. "
        "https://diario.example/nota<https://diario.example/nota>",
    ]
    marks = [
        run
        for one in found.blocks
        if isinstance(one, Paragraph)
        for run in one.runs
        if isinstance(run, NoteMark)
    ]
    assert [mark.number for mark in marks] == [1, 2, 3, 2]


@pytest.mark.parametrize(
    ("es", "en"),
    [
        ("tabla: held_by_state", "table: held_by_state"),
        ("tablas", "tables"),
        ("Gráfico: daily_releases", "chart: daily_releases"),
        ("movimiento", "movement"),
        ("anuncios", "announcements"),
        ("cifras: held, detained_since", "figures: held, detained_since"),
        ("otras cifras: held".replace(" c", "_c"), "claims: held"),
        ("puente: foro_penal jep", "bridge: foro_penal jep"),
        ("definiciones", "definitions"),
        ("erratas", "errata"),
        ("lista", "named"),
        ("resumen", "summary"),
    ],
)
def test_both_spellings_are_valid_in_both_languages(es: str, en: str) -> None:
    found = document(f"{{{{ {es} }}}}")
    assert found.blocks[1:] == document(f"{{{{{en}}}}}").blocks[1:]
    assert len(found.blocks) > 1


def test_a_called_block_ends_the_paragraph_above_it() -> None:
    found = blocks("Vea:\n{{ cifras: held }}\nDespués.")
    assert [type(one) for one in found] == [Paragraph, KeyNumbers, Paragraph]


def test_a_chart_is_a_picture_under_a_key_of_its_own() -> None:
    found = blocks("{{ grafico: map:held_by_state }}\n\n{{ chart: map: held_by_state }}")
    assert isinstance(first := found[0], Picture)
    assert isinstance(second := found[1], Picture)
    assert (first.chart, second.chart) == ("map:held_by_state", "map:held_by_state")
    assert (first.key, second.key) == ("chart-map-held-by-state", "chart-map-held-by-state-2")
    assert first.data is not None
    assert second.data is not None
    assert first.data.key != second.data.key


def test_tables_are_chosen_by_their_dimensions() -> None:
    found = blocks("{{ tablas: state, place }}")
    assert [one.key for one in found if isinstance(one, DataTable)] == [
        "table-held_by_state",
        "table-held_by_place",
        "table-held_by_state_and_sex",
    ]
    calm = only("{{ tables: occupation }}")
    assert isinstance(calm, Paragraph)
    assert words(calm.runs) == "Esta edición no publica esos desgloses."


def test_a_table_called_twice_has_two_keys() -> None:
    found = blocks("{{ tabla: held_by_sex }}\n\n{{ tabla: held_by_sex }}")
    assert [one.key for one in found if isinstance(one, DataTable)] == [
        "table-held_by_sex",
        "table-held_by_sex-2",
    ]


@pytest.mark.parametrize(
    "call", ["tablas", "movimiento", "anuncios", "otras_cifras", "puente", "erratas", "lista"]
)
def test_a_block_over_nothing_is_a_calm_sentence(call: str) -> None:
    (found,) = blocks(f"{{{{ {call} }}}}", bare(content()))
    assert isinstance(found, Paragraph)
    assert words(found.runs).endswith(".")


def test_remarks_for_the_desk_are_not_printed() -> None:
    assert only("Uno {# no se ve #}dos.") == Paragraph((Text("Uno dos."),), lead=True)
    assert only("{# uno\n\ndos #}\n\nTres.") == Paragraph((Text("Tres."),), lead=True)


def test_escaped_braces_are_printed() -> None:
    found = only(r"Escriba \{\{ held \}\} así.")
    assert isinstance(found, Paragraph)
    assert words(found.runs) == "Escriba {{ held }} así."


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b>fuerte</b> &amp; <!-- nada -->",
        '#set page(width: 1pt) $x$ @nota #import "x"',
        "![foto](https://a.example/x.png)",
        "`{{ held }}` y ```",
        "---",
        "    con sangría",
    ],
)
def test_what_is_no_part_of_the_language_stays_text(text: str) -> None:
    found = only(text)
    assert isinstance(found, Paragraph)
    assert all(isinstance(run, Text | Number | Link) for run in found.runs)
    assert words(found.runs).strip()
