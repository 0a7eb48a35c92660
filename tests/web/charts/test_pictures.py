from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.web.charts import (
    Mark,
    Reading,
    Rise,
    Said,
    Share,
    Stack,
    bar_chart,
    compared_chart,
    line_chart,
    progress_bar,
    progress_chart,
    share_bar,
    sign_key,
    strip,
)
from constancia.web.charts.frame import ticks
from tests.support.effort import examples

DAYS = [date(2026, 1, 1) + timedelta(days=n) for n in range(30)]


def pictures(text: str) -> list[ET.Element]:
    return list(ET.fromstring(f"<all>{text}</all>"))


@given(st.integers(0, 10**7))
@settings(max_examples=examples(100), deadline=None)
def test_ticks_are_few_round_and_enclose_what_they_measure(high: int) -> None:
    found = ticks(0, high)
    assert found[0] == 0
    assert found[-1] >= high
    assert 2 <= len(found) <= 8
    assert len({b - a for a, b in pairwise(found)}) == 1


def test_bars_come_wide_and_narrow_each_with_a_name_and_a_description() -> None:
    found = pictures(bar_chart("x", "Salidas", "30 días", DAYS, [Stack("todas", [1] * 30)]))
    assert [one.get("class") for one in found] == ["chart wide", "chart narrow"]
    for one in found:
        names = [child.text for child in one if child.tag in ("title", "desc")]
        assert names == ["Salidas", "30 días"]
        assert one.get("role") == "img"


def test_no_picture_holds_inline_style_or_script() -> None:
    text = bar_chart("x", "t", "d", DAYS, [Stack("a", [2] * 30)], [Mark(DAYS[3], "dicho")])
    text += line_chart("y", "t", "d", [Reading(day, 5, 4, 6) for day in DAYS])
    text += progress_chart("z", "t", "d", DAYS, [Rise(DAYS[1], 0.5, 3)], 9, "9 anunciadas")
    text += progress_bar(3, 1, 9)
    text += share_bar([Share("a", 3), Share("b", 0)]) + strip([("t-in", 10), ("t-out", 0)])
    assert not re.search(r"style=|<style|<script|\bon\w+=", text)


def test_words_in_a_picture_are_escaped() -> None:
    text = bar_chart("x", "<b>&", '"', DAYS, [Stack("a", [0] * 30)], [Mark(DAYS[0], "<script>")])
    assert "<script>" not in text
    assert "&lt;b&gt;&amp;" in text


def test_a_statement_outside_the_days_is_not_drawn_and_keeps_its_number() -> None:
    marks = [Mark(date(2020, 1, 1), "antes"), Mark(DAYS[1], "dentro")]
    (wide, _narrow) = pictures(bar_chart("x", "t", "d", DAYS, [Stack("a", [1] * 30)], marks))
    numbers = [one.text for one in wide.iter("text") if one.get("class") == "c-dotnum"]
    assert numbers == ["2"]


def test_bars_of_a_day_stand_on_each_other_and_reach_the_sum() -> None:
    (wide, _narrow) = pictures(bar_chart("x", "t", "d", DAYS[:1], [Stack("a", [3]), Stack("b", [1])]))
    heights = []
    for which in (0, 1):
        path = next(one.get("d", "") for one in wide.iter("path") if one.get("class") == f"c-s{which}")
        found = re.match(r"M[\d.]+ ([\d.]+)V([\d.]+)", path)
        assert found
        heights.append((float(found[1]), float(found[2])))
    assert heights[0][1] == heights[1][0]
    assert heights[0][0] - heights[0][1] == pytest.approx(3 * (heights[1][0] - heights[1][1]), abs=0.3)


def test_a_line_begins_its_scale_at_zero() -> None:
    (wide, _narrow) = pictures(line_chart("x", "t", "d", [Reading(day, 500, 490, 510) for day in DAYS]))
    assert "0" in [one.text for one in wide.iter("text") if one.get("class") == "c-num"]


def test_nothing_to_draw_draws_nothing() -> None:
    assert bar_chart("x", "t", "d", [], []) == ""
    assert line_chart("x", "t", "d", []) == ""
    assert share_bar([]) == ""


def test_a_year_of_days_stays_light() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    text = bar_chart("x", "t", "d", days, [Stack("a", [n % 40 for n in range(365)])])
    assert len(text) < 40_000


def test_shares_fill_the_bar_in_proportion() -> None:
    (bar,) = pictures(share_bar([Share("a", 75, 0), Share("b", 25, 3)], width=100))
    assert [(one.get("class"), one.get("width")) for one in bar] == [("c-p0", "75.0"), ("c-p3", "25.0")]


def test_others_figures_stand_as_points_on_their_days_and_none_outside() -> None:
    said = [Said("Comité <b>", [(DAYS[2], 8), (date(2020, 1, 1), 5)]), Said("Otro", [(DAYS[29], 40)])]
    text = compared_chart("z", "t", "d", [Reading(day, 5, 4, 6) for day in DAYS], said)
    (wide, narrow) = pictures(text)
    for one in (wide, narrow):
        points = [path for path in one.iter("path") if "c-q" in (path.get("class") or "").split()]
        assert [point.find("title").text for point in points] == ["Comité <b>", "Otro"]  # type: ignore[union-attr]
    assert not re.search(r"style=|<script|\bon\w+=", text)
    assert compared_chart("z", "t", "d", [], said) == ""


def test_every_claimant_of_the_first_six_has_a_sign_of_its_own() -> None:
    assert len({sign_key(order) for order in range(6)}) == 6
    assert sign_key(6) == sign_key(0)


def test_a_promise_is_a_line_that_the_steps_reach_or_not() -> None:
    rises = [Rise(DAYS[0], 0.5, 19), Rise(DAYS[0], 0.75, 26), Rise(DAYS[2], 0.0, 99)]
    (wide, narrow) = pictures(progress_chart("x", "t", "d", DAYS[:5], rises, 99, "99 anunciadas"))
    for one in (wide, narrow):
        paths = {path.get("class"): path.get("d", "") for path in one.iter("path")}
        promised = re.match(r"M\d+ ([\d.]+)H", paths["c-promise"])
        heights = [float(y) for y in re.findall(r"V([\d.]+)", paths["c-rise"])]
        across = [float(x) for x in re.findall(r"H([\d.]+)", paths["c-rise"])]
        assert promised
        assert heights[-1] == float(promised[1])
        assert heights == sorted(heights, reverse=True)
        assert across == sorted(across)
        assert "99 anunciadas" in [text.text for text in one.iter("text")]


def test_a_promise_without_a_number_has_no_line_to_reach() -> None:
    (wide, _narrow) = pictures(progress_chart("x", "t", "d", DAYS[:5], [Rise(DAYS[1], 0.2, 4)], None, ""))
    assert "c-promise" not in {path.get("class") for path in wide.iter("path")}
    assert progress_bar(4, 0, None) == ""


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 300))
def test_the_bar_of_a_promise_is_always_whole(verified: int, reported: int, announced: int) -> None:
    (bar,) = pictures(progress_bar(verified, reported, announced))
    assert sum(float(part.get("width", "0")) for part in bar.iter("rect")) == pytest.approx(320, abs=0.3)
    assert bool(list(bar.iter("path"))) is (verified + reported > announced)


def test_dots_of_near_days_do_not_hide_each_other() -> None:
    marks = [Mark(day, "dicho") for day in (DAYS[2], DAYS[2], DAYS[3], DAYS[20])]
    for picture in pictures(bar_chart("x", "t", "d", DAYS, [Stack("a", [1] * 30)], marks)):
        dots = [
            (float(one.get("cx", "")), float(one.get("cy", "")))
            for one in picture.iter("circle")
            if one.get("class") == "c-dot"
        ]
        assert len(dots) == len(marks)
        for index, (x, y) in enumerate(dots):
            assert all(abs(x - left) >= 18 or abs(y - up) >= 18 for left, up in dots[:index])


def test_many_marks_are_all_drawn() -> None:
    marks = [Mark(DAYS[n % 5], "dicho") for n in range(15)]
    (_wide, narrow) = pictures(bar_chart("x", "t", "d", DAYS, [Stack("a", [1] * 30)], marks))
    assert sum(one.get("class") == "c-dot" for one in narrow.iter("circle")) == 15
