"""Every fault of a text, with the line where it stands."""

from __future__ import annotations

import pytest

from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.language import Language
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.texts import problems
from constancia.domain.publishing.texts.problem import MOST
from constancia.domain.publishing.texts.sheet import Described
from tests.support.editions import content
from tests.support.report_texts import with_section, with_texts


def no_chart(content: Content, name: str, language: Language) -> Described:
    raise InputRefused("edition.chart_unknown", name=name, known="—")


FAULTS = [
    ("# A\n\nHay {{ hedl }}.", 3, "edition.text_name_near"),
    ("# A\n\nHay\n{{ zzzzzzzzzz }}.", 4, "edition.text_name"),
    ("# A\n\nuna [b](https://b.example) y\n**dos {{ announcement.2.value }}**", 4, "edition.text_name_near"),
    ("# A\n\nEn Amazonas {{ table.held_by_state.VE-Z }}.", 3, "edition.text_merged"),
    ("# A\n\n{{ tabal: held_by_state }}", 3, "edition.text_block_near"),
    ("# A\n\n{{ qwerty: held_by_state }}", 3, "edition.text_block"),
    ("# A\n\n{{ tabla: held_by_stat }}", 3, "edition.text_name_near"),
    ("# A\n\n{{ tablas: state, plaze }}", 3, "edition.text_name_near"),
    ("# A\n\n{{ tabla }}", 3, "edition.text_block_needs"),
    ("# A\n\n{{ cifras: held, heldd }}", 3, "edition.text_name_near"),
    ("# A\n\n{{ puente: foro_penal onu }}", 3, "edition.text_name_near"),
    ("# A\n\n{{ balance: held }}", 3, "edition.text_block_bare"),
    ("# A\n\n{{ grafico: nada }}", 3, "edition.text_chart"),
    ("# A\n\nVea {{ tabla: held_by_sex }} aquí.", 3, "edition.text_block_alone"),
    ("# A\n\n- uno\n\n  {{ balance }}", 5, "edition.text_block_place"),
    ("# A\n\n> ## Un apartado", 3, "edition.text_block_place"),
    ("# A\n\nUna {{ held y nada más.", 3, "edition.text_open"),
    ("# A\n\nUna\nheld }} y nada más.", 4, "edition.text_open"),
    ("# A\n\nSegún{{ nota: 99 }}.", 3, "edition.text_source"),
    ("# A\n\nSegún{{ fuente: }}.", 3, "edition.text_source"),
    ("# A\n\nSegún[^x].", 3, "edition.text_note"),
    ("# A\n\nNada.\n\n[^x]: Sobra.", 5, "edition.text_note_unused"),
    ("# A\n\nSegún[^x].\n\n[^x]: Una.\n\n[^x]: Dos.", 7, "edition.text_note_twice"),
    ("# A\n\nSegún[^x].\n\n[^x]: - una lista", 5, "edition.text_note_words"),
    ("# A\n\nSegún[^x].\n\n[^x]: Vea[^x].", 5, "edition.text_note_here"),
    ("# A\n\nSegún[^x].\n\n[^x]: " + "palabra " * 400, 5, "edition.text_note_long"),
    ("# A {{ nota: 3 }}\n\nNada.", 1, "edition.text_note_here"),
    ("# A\n\n[aquí](javascript:alert(1))", 3, "edition.text_link"),
    ("# A\n\n[aquí](/otra)", 3, "edition.text_link"),
    ("# A\n\n[aquí]()", 3, "edition.text_link"),
    ("# A\n\n### C", 3, "edition.text_heading_jump"),
    ("# A\n\n# B", 3, "edition.text_heading_second"),
    ("# A\n\n#### D", 3, "edition.text_heading_deep"),
    ("# A\n\n##", 3, "edition.text_heading_empty"),
    ("## A", 1, "edition.text_first"),
    ("Sin título.", 1, "edition.text_first"),
    ("\n\n", 1, "edition.text_empty"),
    ("{# solo un comentario #}", 1, "edition.text_empty"),
    ("# A\n\n{# abierto", 3, "edition.text_comment"),
    ("# A\n\nuno\u202edos", 3, "edition.text_character"),
    ("# A\n\nuno\x00dos", 3, "edition.text_character"),
    ("# A\r\n\r\nuno\ud800dos", 3, "edition.text_character"),
    ("# A\n\n" + "> " * 30 + "hondo", 3, "edition.text_deep"),
    ("# A\n\n" + "- " * 30 + "hondo", 3, "edition.text_deep"),
    ("# A\n\n" + "*a _b " * 20 + "_ *" * 20, 3, "edition.text_deep"),
    ("# A\n\n" + "a " * 60_000, 1, "edition.text_long"),
    ("# A\n\n" + "|a" * 20 + "\n" + "|-" * 20 + "\n|1\n", 3, "edition.text_wide"),
    ("# A\n\n> [!nota] Un {{ held }} título\n> y texto", 3, "edition.text_box"),
]


@pytest.mark.parametrize(("text", "line", "code"), FAULTS, ids=[f"{code}-{line}" for _, line, code in FAULTS])
def test_each_fault_is_found_at_its_line(text: str, line: int, code: str) -> None:
    found = problems(with_section(content(), text), "es", no_chart)
    assert [(one.file, one.line, one.error.code) for one in found] == [("es/a.md", line, code)]
    for language in ("es", "en"):
        sentence = explain(found[0].error, language)
        assert "es/a.md" in sentence
        assert str(line) in sentence or code in ("edition.text_empty", "edition.text_long")


def test_all_faults_of_a_folder_are_told_in_the_order_of_the_report() -> None:
    found = problems(
        with_texts(
            content(),
            {
                "informe.toml": '[report]\nsections = ["z", "a", "falta"]\n',
                "es/z.md": "# Z\n\n{{ uno }}\n\n{{ dos }} y [^n]\n\n[b](ftp://b)\n",
                "es/a.md": "# A\n\n{{ tres }}\n",
                "en/a.md": "# A\n\n{{ other_language }}\n",
            },
        ),
        "es",
    )
    assert [(one.file, one.line) for one in found] == [
        ("es/z.md", 3),
        ("es/z.md", 5),
        ("es/z.md", 5),
        ("es/z.md", 7),
        ("es/a.md", 3),
        ("es/falta.md", 1),
    ]
    assert found[-1].error.code == "edition.folder_file"


def test_an_insertion_is_on_one_line_or_it_is_two_halves() -> None:
    found = problems(with_section(content(), "# A\n\nUna {{ held\n}} partida."), "es")
    assert [(one.line, one.error.code) for one in found] == [
        (3, "edition.text_open"),
        (4, "edition.text_open"),
    ]


def test_a_misspelt_name_is_told_its_neighbours() -> None:
    (found,) = problems(with_section(content(), "# A\n\n{{ relesed_since_previous }}"), "es")
    assert found.error.params["near"].startswith("released_since_previous")  # type: ignore[union-attr]


def test_more_problems_than_anybody_reads_are_not_gathered() -> None:
    assert len(problems(with_section(content(), "# A\n\n" + "{{ x }} " * 5000), "es")) == MOST


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (None, "edition.folder_plan"),
        ("[report\n", "edition.folder_toml"),
        ("x = " + "[" * 5000, "edition.folder_toml"),
        ("x = " + "9" * 5000, "edition.folder_toml"),
        ("", "edition.folder_sections"),
        ("report = 3", "edition.folder_sections"),
        ("[report]\nsections = []", "edition.folder_sections"),
        ("[report]\nsections = [1]", "edition.folder_sections"),
        ('[report]\nsections = ["a", "a"]', "edition.folder_section"),
        ('[report]\nsections = ["../a"]', "edition.folder_section"),
        ('[report]\nsections = ["a\\u0000"]', "edition.folder_section"),
        ('[report]\nsections = ["a"]\nsubtitle = "uno"', "edition.folder_subtitle"),
        ('[report]\nsections = ["a"]\nsubtitle = {es = "uno"}', "edition.folder_subtitle"),
    ],
)
def test_a_plan_that_does_not_hold_is_one_problem(plan: str | None, code: str) -> None:
    files = {"es/a.md": "# A\n\nUno."} | ({"informe.toml": plan} if plan is not None else {})
    (found,) = problems(with_texts(content(), files), "es")
    assert (found.file, found.error.code) == ("informe.toml", code)
    assert explain(found.error, "en")


def test_keys_of_the_plan_that_others_read_are_left_alone() -> None:
    plan = '[edition]\nx = 1\n[report]\nsections = ["a"]\nother = true\n'
    assert not problems(with_texts(content(), {"informe.toml": plan, "es/a.md": "# A\n\nUno."}), "es")


def test_a_zone_that_is_none_is_a_problem_and_no_crash() -> None:
    (found,) = problems(content().model_copy(update={"zone": "Marte"}), "es")
    assert found.error.code == "edition.zone"
