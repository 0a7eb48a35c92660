"""Announcements as a table: a long history is told by its ends, and Spanish titles are quoted elsewhere."""

from __future__ import annotations

from datetime import timedelta

from constancia.domain.publishing.announced_table import announced_table
from constancia.domain.publishing.blocks import DataTable, Emphasis, NoteMark, Run, Text
from constancia.domain.publishing.content import Step
from tests.support.editions import content
from tests.support.report_texts import numbers, words


def _mark(_words: tuple[Run, ...]) -> NoteMark:
    return NoteMark(1)


def drawn(steps: int) -> DataTable:
    first = content().announcements[0]
    told = tuple(
        Step(known_at=content().known_at - timedelta(days=100 - at), verified=at)
        for at in range(1, steps + 1)
    )
    frozen = content().model_copy(update={"announcements": (first.model_copy(update={"steps": told}),)})
    found = announced_table(frozen, "es", _mark)
    assert found is not None
    return found


def test_a_short_history_is_told_whole() -> None:
    told = words(drawn(12).rows[1].cells[0].runs)
    assert told == "Verificadas a medida que se supo: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"


def test_a_long_history_is_told_by_its_beginning_and_its_end() -> None:
    row = drawn(60).rows[1]
    assert words(row.cells[0].runs) == (
        "Verificadas a medida que se supo: 1, 2, 3, 4, 5, 6 …, 58, 59, 60. "
        "Los datos abiertos tienen todos los números, con su hora"
    )
    assert [one.name.rpartition(".")[2] for one in numbers(row)][-1] == "60"


def test_a_spanish_title_is_quoted_and_marked_in_english_and_plain_in_spanish() -> None:
    english, spanish = (announced_table(content(), language, _mark) for language in ("en", "es"))
    assert english is not None
    assert spanish is not None
    title = content().announcements[0].title
    assert english.rows[0].cells[0].runs[:3] == (Text("“"), Emphasis((Text(title),), "es"), Text("”"))
    assert spanish.rows[0].cells[0].runs[0] == Text(title)
