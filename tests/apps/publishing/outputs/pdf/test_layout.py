"""Where things stand on the pages: nothing is left alone at the foot of one, nothing lies over anything."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from pypdf import PdfReader

from constancia.apps.publishing.outputs.pdf import page_pictures, pdf
from constancia.domain.publishing.blocks import (
    Aside,
    Block,
    Bullets,
    DataTable,
    Heading,
    KeyNumber,
    KeyNumbers,
    NoteMark,
    Picture,
    TableCell,
)
from tests.support.documents import n, p, row, small, t
from tests.support.drawings import box, charts, svg
from tests.support.png import rows as rows_of
from tests.support.png import white

MADE = datetime(2026, 3, 3, 4, tzinfo=UTC)
FILLER = p(t("Una línea de relleno que ocupa lo que ocupa un renglón."))
HEAD = (TableCell((t("Lugar"),)), TableCell((t("Personas"),)))


def table(rows: int) -> DataTable:
    lines = tuple(row(f"Fila {i}.", str(1000 + i)) for i in range(rows))
    return DataTable("t", (t("Comienza aquí"),), HEAD, lines, (False, True))


FOLLOWING: dict[str, Block] = {
    "paragraph": p(t("Comienza aquí. " + "Sigue el texto por varios renglones. " * 12)),
    "picture": Picture("p", "bridge", (t("Comienza aquí"),), "a", None),
    "short table": table(5),
    "long table": table(60),
    "box": Aside("Comienza aquí", (p(t("x")),)),
    "list": Bullets(((p(t("Comienza aquí")),), (p(t("otra")),))),
    "key numbers": KeyNumbers((KeyNumber(n("573"), "Comienza aquí"),)),
}


def pages(*blocks: Block, **more: object) -> list[str]:
    made = pdf(small(*blocks, **more), charts(), MADE)
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages[2:]]


@pytest.mark.parametrize("kind", FOLLOWING)
@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_heading_stands_on_the_page_of_what_it_heads(kind: str, level: int) -> None:
    higher = [Heading(2, (t("Antes"),), "b")] if level == 3 else []
    heading = Heading(level, (t("Titular"),), "h")  # type: ignore[arg-type]
    turned = 0
    for lines in range(16, 32, 2):
        found = pages(*higher, *[FILLER] * lines, heading, FOLLOWING[kind])
        together = ["Comienza aquí" in page for page in found if "Titular" in page]
        assert together == [True], lines
        turned += "Titular" not in found[0]
    assert 0 < turned < 8  # the foot of the page was in between


@pytest.mark.parametrize("level", [1, 2])
def test_a_heading_with_a_note_has_its_note_and_some_text_on_its_page(level: int) -> None:
    heading = Heading(level, (t("Titular"), NoteMark(1)), "h")  # type: ignore[arg-type]
    for lines in range(16, 32, 2):
        found = pages(*[FILLER] * lines, heading, FOLLOWING["paragraph"], notes=((t("Al pie"),),))
        assert [("Comienza aquí" in page, "Al pie" in page) for page in found if "Titular" in page] == [
            (True, True)
        ]


def test_a_table_does_not_leave_its_head_with_a_single_row() -> None:
    for lines in range(18, 30):
        found = pages(*[FILLER] * lines, table(60))
        first = next(page for page in found if "Comienza aquí" in page)
        assert "Fila 3." in first, lines


def test_rows_of_a_high_table_do_not_lie_over_each_other() -> None:
    words = "Palabras que llenan la casilla hasta muy abajo. " * 12
    rows = tuple(row(f"Fila {i}. {words}", str(1000 + i)) for i in range(10))
    made = pdf(small(DataTable("t", (t("Alta"),), HEAD, rows, (False, True))), {}, MADE)
    places: list[tuple[int, int]] = []
    for number, page in enumerate(PdfReader(io.BytesIO(made)).pages):

        def seen(text: str, cm: list[float], tm: list[float], *_: object, number: int = number) -> None:
            if text.strip().isdigit() and len(text.strip()) == 4:
                places.append((number, round(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])))

        page.extract_text(visitor_text=seen)
    assert len(places) == len(set(places)) == 10
    assert len({page for page, _ in places}) > 1
    same = [(a, b) for a, b in pairwise(places) if a[0] == b[0]]
    assert all(a[1] - b[1] > 60 for a, b in same)


def test_a_chart_taller_than_a_page_is_drawn_smaller() -> None:
    tall = svg(3000, [box(0, n * 100, 600, 60, "#1f4e79") for n in range(30)])
    pictures = page_pictures(small(FOLLOWING["picture"]), {"bridge": tall}, MADE, resolution=20)
    assert len(pictures) == 3
    for picture in pictures[1:]:
        lines = rows_of(picture)
        below = lines[int(274 / 25.4 * 20) : int(279 / 25.4 * 20)]  # between the text and the foot
        assert white(below, 0, len(lines[0]) // 4)


def test_the_numbers_behind_all_figures_stand_at_the_end_in_their_order() -> None:
    sizes = (3, 60, 9, 14, 2, 5, 7, 15, 1, 12)
    pictures = [
        Picture(f"p{i}", "bridge", (t(f"Se ve {i}"),), "a", replace(table(rows), key=f"t{i}"))
        for i, rows in enumerate(sizes)
    ]
    text = " ".join(pages(*pictures))
    at = [text.index(f"Datos de la figura {i + 1}\n") for i in range(len(sizes))]
    assert at == sorted(at)
    for i, rows in enumerate(sizes):
        behind = text[at[i] : at[i + 1] if i + 1 < len(at) else None]
        assert all(f"Fila {row}. {1000 + row}" in behind for row in range(rows))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 7])
def test_a_cover_is_one_page_however_many_numbers_it_has(count: int) -> None:
    note = "del 25 de febrero de 2026 al 2 de marzo de 2026, según lo sabido al final de ese día"
    numbers = tuple(
        KeyNumber(n(f"1.00{i}"), "excarcelaciones desde la edición anterior", note) for i in range(count)
    )
    for paper in ("a4", "us-letter"):
        made = pdf(small(cover=numbers), {}, MADE, paper=paper)  # type: ignore[arg-type]
        found = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
        assert len(found) == 3
        assert all(f"1.00{i}" in found[0] for i in range(count))
        assert "Edición 7" in found[0]
