"""The drawings: self-contained, the same bytes, hostile text as text, every number from the table."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any, get_args

import altair as alt
import pytest
import vl_convert
from lxml import etree

from constancia.apps.publishing.outputs.charts import svg
from constancia.apps.publishing.outputs.charts.house import HATCHED, VEILED, Size, steps_to
from constancia.apps.publishing.outputs.charts.svg import drawn
from constancia.domain.errors import InputRefused
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import Number
from constancia.domain.publishing.charts import chart_names, described
from constancia.domain.publishing.charts.described import plain
from constancia.domain.publishing.content import Content
from tests.support.edition_tables import words
from tests.support.editions import content

NAMES = chart_names(content())
HOSTILE = "<script>alert(1)</script> \"&' {{datum.x}} ${x} \u202eabc\u202c \x07 https://x.example"
LANGUAGES: tuple[Language, ...] = ("es", "en")


def texts(drawing: str) -> list[str]:
    root = etree.fromstring(drawing.encode())
    return ["".join(part.itertext()) for part in root.iter("{*}text")]


def hostile_content() -> Content:
    """The invented edition with every text of somebody else's a hostile one."""
    frozen = content()
    bad = words(HOSTILE)
    tables = tuple(
        table.model_copy(
            update={
                "title": bad,
                "dimension_labels": (bad,) * len(table.dimensions),
                "categories": tuple(
                    tuple(one.model_copy(update={"label": bad}) for one in categories)
                    for categories in table.categories
                ),
            }
        )
        for table in frozen.tables
    )
    assert frozen.balance is not None
    came = tuple(term.model_copy(update={"label": bad}) for term in frozen.balance.came)
    return frozen.model_copy(
        update={
            "organisation": HOSTILE,
            "tables": tables,
            "balance": frozen.balance.model_copy(update={"came": came}),
            "announcements": tuple(
                one.model_copy(update={"title": HOSTILE, "claimant": bad}) for one in frozen.announcements
            ),
            "claims": tuple(one.model_copy(update={"claimant": bad, "why": bad}) for one in frozen.claims),
            "statements": tuple(
                one.model_copy(update={"speaker": HOSTILE, "mark": HOSTILE}) for one in frozen.statements
            ),
            "daily": tuple(one.model_copy(update={"title": bad}) for one in frozen.daily),
            "levels": tuple(one.model_copy(update={"title": bad}) for one in frozen.levels),
        }
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_refers_to_nothing_and_runs_nothing(name: str) -> None:
    drawing = svg(content(), name, "es")
    root = etree.fromstring(drawing.encode())
    for part in root.iter():
        assert etree.QName(part).localname in {
            "svg", "title", "desc", "defs", "pattern", "g", "path", "line", "rect", "text",
        }  # fmt: skip
        for key, value in part.attrib.items():
            assert not key.startswith("on")
            assert key not in {"style", "class", "href"}
            assert "href" not in key
            assert "url(" not in value or value.startswith("url(#chart-")
    outside = drawing.replace("http://www.w3.org/2000/svg", "")
    assert "://" not in outside
    assert "font-face" not in outside


@pytest.mark.parametrize("size", get_args(Size))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_number_drawn_stands_in_the_table_behind_it(name: str, language: Language, size: Size) -> None:
    told = described(content(), name, language)
    known = {
        run.text
        for row in told.data.rows
        for cell in row.cells
        for run in cell.runs
        if isinstance(run, Number)
    }
    known |= {text.lstrip("+−") for text in known}
    dates = {
        word for row in told.data.rows for cell in row.cells for word in re.findall(r"\d+", plain(cell.runs))
    }
    ticks = {f"{value:,}".replace(",", "." if language == "es" else ",") for value in axis(name)}
    marks = {str(at) for at, _ in enumerate(content().statements, start=1)}
    for text in texts(svg(content(), name, language, size)):
        for number in re.findall(r"\d[\d.,]*\d|\d", text):
            assert number in known | dates | ticks | marks, (text, number)


def axis(name: str) -> list[int]:
    """The values of the axis of those charts that have one."""
    if name == "daily_releases":
        return steps_to(max(one.value for one in content().daily[0].days))
    return steps_to(max(one.highest for one in content().levels[0].points)) if name == "held_weekly" else []


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_stays_text(name: str) -> None:
    frozen = hostile_content()
    for size in get_args(Size):
        drawing = svg(frozen, name, "es", size)
        assert "<script" not in drawing
        assert "\u202e" not in drawing
        root = etree.fromstring(drawing.encode())
        assert {etree.QName(part).localname for part in root.iter()} <= {
            "svg", "title", "desc", "defs", "pattern", "g", "path", "line", "rect", "text",
        }  # fmt: skip


def test_a_hostile_label_is_drawn_as_it_reads() -> None:
    assert any(
        text.startswith("<script>alert(1)</script>")
        for text in texts(svg(hostile_content(), "announced", "es"))
    )


def test_the_same_content_has_the_same_bytes_in_another_process_and_another_order() -> None:
    code = (
        "import sys, hashlib\n"
        "from constancia.apps.publishing.outputs.charts import svg\n"
        "from tests.support.editions import content\n"
        "names = sys.argv[1].split()\n"
        "for order in (sorted(names), names[::-1]):\n"
        "    found = {name: svg(content(), name, 'es') for name in order}\n"
        "    print(hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest())\n"
    )
    command = [sys.executable, "-c", code, " ".join(NAMES)]
    found: set[str] = set()
    for seed in ("0", "1"):
        environment = {"PYTHONPATH": "src:.", "PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
        found |= set(done.stdout.split())
    assert len(found) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_has_the_title_and_the_description_for_those_who_do_not_see_it(name: str) -> None:
    told = described(content(), name, "en")
    root = etree.fromstring(svg(content(), name, "en").encode())
    title, description = root[0], root[1]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (title.text, description.text) == (
        plain(told.title).replace("\u00a0", " "),
        told.alt.replace("\u00a0", " "),
    )


def test_merged_states_are_hatched_and_have_no_number() -> None:
    drawing = svg(content(), "map:held_by_state", "es")
    assert drawing.count('fill="url(#chart-map-held-by-state-es-page-hatch)"') == 2
    found = texts(drawing)
    assert found.count("12") == 0
    assert "Amazonas y Delta Amacuro, en conjunto: 12" in found


def test_no_stand_in_colour_is_left() -> None:
    for name in NAMES:
        drawing = svg(content(), name, "es")
        assert HATCHED not in drawing
        assert VEILED not in drawing


def test_widths_are_those_of_a_page_and_of_a_telephone() -> None:
    for name in NAMES:
        for size, width in (("page", "620"), ("phone", "340")):
            root = etree.fromstring(svg(content(), name, "es", size).encode())  # type: ignore[arg-type]
            assert root.get("width") == width


def addresses(value: Any) -> bool:
    """Whether a specification names anything to be fetched or opened."""
    if isinstance(value, dict):
        return any(key in {"url", "href"} or addresses(inner) for key, inner in value.items())
    return isinstance(value, list) and any(addresses(inner) for inner in value)


@pytest.mark.parametrize("name", NAMES)
def test_a_specification_holds_to_the_schema_and_fetches_nothing(name: str) -> None:
    specification = drawn(content(), name, "es", "page").specification()
    alt.LayerChart.from_dict(specification)  # raises where it does not hold
    assert not addresses(specification)


def test_a_drawing_can_be_made_into_a_picture() -> None:
    assert vl_convert.svg_to_png(svg(content(), "announced", "es")).startswith(b"\x89PNG")


def test_an_unknown_chart_is_refused() -> None:
    with pytest.raises(InputRefused):
        svg(content(), "nothing", "es")


def test_days_on_which_nobody_was_released_are_drawn_too() -> None:
    whole = content()
    days = tuple(
        day.model_copy(update={"value": 0, "by_that_day": 0, "within_a_week": 0})
        for day in whole.daily[0].days
    )
    quiet = whole.model_copy(update={"daily": (whole.daily[0].model_copy(update={"days": days}),)})
    assert svg(quiet, whole.daily[0].name, "es").startswith("<svg")
