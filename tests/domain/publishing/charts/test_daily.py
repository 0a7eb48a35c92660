"""The words of the chart by day: marks are when something was said, and nothing more."""

from __future__ import annotations

from datetime import date

from constancia.domain.publishing.blocks import Emphasis, Link, Text
from constancia.domain.publishing.charts import chart_names, described
from constancia.domain.publishing.charts.daily import statements_of
from constancia.domain.publishing.charts.described import plain
from constancia.domain.publishing.content import Statement
from tests.support.editions import content


def said(number: int, day: date, hour: str = "", source: int | None = None) -> Statement:
    return Statement(
        number=number, said_on=day, hour=hour, speaker="Alguien", mark="Dice algo", words="", source=source
    )


def test_the_key_names_speaker_mark_and_day_and_says_that_it_explains_nothing() -> None:
    notes = [plain(note) for note in described(content(), "daily_releases", "es").notes]
    assert (
        "1. 10 de enero de 2026, Presidencia de un país. Elogia las excarcelaciones (fuente: Diario Ejemplar)"
        in notes
    )
    assert any("No dicen nada sobre por qué salió nadie de prisión" in note for note in notes)


def test_what_the_desk_wrote_in_spanish_is_quoted_as_spanish_in_english() -> None:
    runs = [run for note in described(content(), "daily_releases", "en").notes for run in note]
    assert Emphasis((Text("Elogia las excarcelaciones"),), "es") in runs
    known = content().statements[0].model_copy(update={"speaker": "Asamblea Nacional"})
    told = described(content().model_copy(update={"statements": (known,)}), "daily_releases", "en").notes[-1]
    assert plain(told).startswith("1. 10 January 2026, National Assembly: “Elogia")


def test_marks_stand_in_the_order_of_day_and_hour_and_only_within_the_days_shown() -> None:
    frozen = content()
    statements = (
        said(9, date(2026, 1, 10), "20:00"),
        said(8, date(2026, 1, 10), "08:00"),
        said(7, date(2025, 12, 1)),
        said(6, date(2026, 3, 3)),
    )
    marked = frozen.model_copy(update={"statements": statements})
    assert [one.number for one in statements_of(marked, marked.daily[0])] == [8, 9]


def test_a_source_is_linked_only_by_an_address_of_the_web() -> None:
    frozen = content()
    sources = (frozen.sources[0].model_copy(update={"address": "javascript:alert(1)"}), frozen.sources[1])
    for links, shown in ((1, frozen), (0, frozen.model_copy(update={"sources": sources}))):
        notes = described(shown, "daily_releases", "es").notes
        assert sum(isinstance(run, Link) for note in notes for run in note) == links


def test_every_day_stands_in_the_table_with_its_parts_and_their_sum() -> None:
    told = described(content(), "daily_releases", "es")
    series = content().daily[0]
    assert len(told.data.rows) == len(series.days) + 1
    for row in told.data.rows:
        total, at_once, week, later = (int(plain(cell.runs)) for cell in row.cells[1:5])
        assert at_once + week + later == total
    assert sum(plain(row.cells[5].runs) == "sí" for row in told.data.rows) == 7


def test_a_series_without_days_has_no_chart() -> None:
    frozen = content()
    empty = frozen.model_copy(update={"daily": (frozen.daily[0].model_copy(update={"days": ()}),)})
    assert "daily_releases" not in chart_names(empty)


def test_a_hostile_speaker_is_one_line_of_plain_text() -> None:
    frozen = content()
    hostile = frozen.statements[0].model_copy(update={"speaker": "<b>\u202eodnaM\u202c\x00\n</b>"})
    notes = described(frozen.model_copy(update={"statements": (hostile,)}), "daily_releases", "es").notes
    assert "1. 10 de enero de 2026, <b>odnaM </b>. Elogia" in plain(notes[-1])
