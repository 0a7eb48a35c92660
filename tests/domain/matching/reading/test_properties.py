"""Whatever the text: entries or our own refusal, and no line lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.catalogue import sentences
from constancia.domain.errors import InputRefused
from constancia.domain.mapping.cells import Row
from constancia.domain.matching.reading import ReadList, read_sheets, read_text, words
from constancia.domain.matching.reading.cleaning import lines_of
from constancia.domain.names import clean_written, fold
from constancia.domain.vocabulary.prisons import prisons_by_name
from tests.domain.matching.reading.read import DAY
from tests.support.effort import examples

PARTS = st.sampled_from(
    [
        "Ana",
        "Pérez",
        "GIL",
        "José",
        "y",
        ",",
        ";",
        "-",
        "(",
        ")",
        "34 años",
        "V-12.345.678",
        "12/01/2026",
        "Zulia",
        "LIBERADO",
        ":",
        "\t",
        "1.",
        "detenido el",
        "*",
        "~",
        "Mujeres",
        "Nombre",
        "CI",
        "[24/2/26, 22:13]",
        "✅",
        "\u202e",
        "\x00",
        "\ufffd",
        "=A(",
        '"',
        "李",
        "M",
        "Dr.",
        "alias",
        "que",
        "https://x",
        "0414-1234567",
        "\r",
        "\x1f",
        "\u0301\u0301\u0301\u0301\u0301\u0301",
        "\ud800",
    ]
)
LINES = st.lists(st.one_of(PARTS, st.text(max_size=8)), max_size=12).map(" ".join)
TEXTS = st.one_of(st.text(max_size=300), st.lists(LINES, max_size=8).map("\n".join))


def check(found: ReadList, filled: set[int]) -> None:
    entered = {entry.line for entry in found.entries}
    left = [one.line for one in found.skipped]
    assert not entered & set(left)
    assert len(set(left)) == len(left)
    assert entered | set(left) == filled
    for number, entry in enumerate(found.entries, start=1):
        assert entry.number == number
        assert 0 <= entry.repeats < number
        assert clean_written(entry.mention.name) == entry.mention.name
        assert entry.mention.sex in ("", "woman", "man")
        assert not {code for code in entry.notes if code not in sentences()}
    for line in entered:
        same = [entry for entry in found.entries if entry.line == line]
        assert len(same) == 1 or all("list.split_line" in entry.notes for entry in same)


@settings(max_examples=examples(400), deadline=None)
@given(TEXTS)
def test_any_text_is_entries_or_our_own_refusal_and_every_line_is_in_one_of_them(text: str) -> None:
    try:
        found = read_text([text], day=DAY)
    except InputRefused as refused:
        if refused.code.startswith("list."):
            return
        raise
    check(found, {n for n, line in enumerate(lines_of(text), start=1) if line and not line.isspace()})


CELLS = st.one_of(
    st.none(),
    st.integers(),
    st.floats(allow_nan=True),
    st.booleans(),
    st.dates(),
    PARTS,
    st.text(max_size=12),
)


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6))
def test_any_table_is_entries_or_our_own_refusal(cells: list[list[object]]) -> None:
    rows = [Row(number, tuple(row)) for number, row in enumerate(cells, start=1)]  # type: ignore[arg-type]
    try:
        found = read_sheets([("", rows)], day=DAY)
    except InputRefused as refused:
        if refused.code.startswith("list."):
            return
        raise
    check(found, set(range(1, len(rows) + 1)))


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "1 ",
        "V-",
        "(",
        ", ",
        "a, ",
        "a y ",
        "detenido ",
        "12/01/2026 ",
        "12.345.678 ",
        "enero 2026 ",
        "*a",
        "«",
        "a:",
        "-",
        "✅",
        "1️⃣",
        "\u0301",
        "alias ",
        "http://",
        "a@",
        "[24/2/26, 22:13] ",
        "=a(",
        "0414-123",
        "+58 ",
        "1.",
        "años ",
        "34 años ",
        "c.i. ",
        "~a~ ",
        "\t",
        "a\t",
        "F/N ",
        "Ana Pérez, ",
        '"',
        "nacido el ",
        "p\u200b",
    ],
)
def test_a_long_line_made_to_stall_is_read_in_time(piece: str) -> None:
    began = time.process_time()
    try:
        read_text([(piece * 10_000)[:9_990]], day=DAY)
    except InputRefused as refused:
        if refused.code not in ("list.no_people", "list.empty"):
            raise
    assert time.process_time() - began < 2


def test_the_words_are_folded_and_every_prison_can_be_recognised() -> None:
    sets = (
        words.GIVEN,
        words.MARKERS,
        words.MARKER_PIECES,
        words.HEADINGS,
        words.PROSE,
        words.WEAK_PROSE,
        words.LABELS,
        words.CHAT,
        words.UNNAMED,
        words.OCCUPATIONS,
        words.TITLES,
        words.UNSURE_TITLES,
        words.SEXES,
    )
    for one in sets:
        assert not [word for word in one if fold(word) != word]
    assert not words.GIVEN & words.MARKER_PIECES - {"libertad"}
    for name in prisons_by_name():
        assert words.place_words() & set(name.split()), name
