"""Stacked bars per day, with dated statements marked over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from constancia.domain.language import Language
from constancia.web.charts.frame import NARROW, WIDE, Frame, picture, ticks
from constancia.web.words import number


@dataclass(frozen=True, slots=True)
class Stack:
    """One kind of event: its label and how many on each day, in the order of the days."""

    label: str
    counts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated statement: shown as a numbered line; its words stand beside the chart."""

    day: date
    words: str


def bar_chart(
    ident: str,
    title: str,
    description: str,
    days: Sequence[date],
    stacks: Sequence[Stack],
    marks: Sequence[Mark] = (),
    lang: Language = "es",
) -> str:
    """Two pictures, wide and narrow, of `stacks` over `days`; empty text if there are no days."""
    if not days:
        return ""
    totals = [sum(stack.counts[i] for stack in stacks) for i in range(len(days))]
    levels = ticks(0, max(max(totals), 1), 4)
    drawn = []
    for css, (width, height) in (("wide", WIDE), ("narrow", NARROW)):
        rows = _rows(Frame(width, height, days, levels), marks)
        frame = Frame(width, height, days, levels, top=24 + DOT * max(0, len(set(rows)) - 1))
        body = (
            frame.grid(lang)
            + "".join(_stack(frame, stacks, which) for which in range(len(stacks)))
            + frame.calendar(lang)
            + _marks(frame, marks, rows)
            + _tallest(frame, totals, lang)
        )
        drawn.append(picture(width, height, css, title, description, body, f"{ident}-{css}"))
    return "".join(drawn)


def _stack(frame: Frame, stacks: Sequence[Stack], which: int) -> str:
    gap = min(frame.across * 0.22, 3)
    path = []
    for index in range(len(frame.days)):
        count = stacks[which].counts[index]
        if not count:
            continue
        below = sum(stack.counts[index] for stack in stacks[:which])
        x, y, bottom = frame.x(index) + gap / 2, frame.y(below + count), frame.y(below)
        path.append(f"M{x:.1f} {bottom:.1f}V{y:.1f}h{frame.across - gap:.1f}V{bottom:.1f}z")
    return f'<path class="c-s{which}" d="{"".join(path)}"/>'


def _tallest(frame: Frame, totals: Sequence[int], lang: Language) -> str:
    top = max(totals)
    if not top:
        return ""
    index = list(totals).index(top)
    return (
        f'<text class="c-peak" x="{frame.x(index + 0.5):.1f}" y="{frame.y(top) - 5:.1f}" '
        f'text-anchor="middle">{number(top, lang)}</text>'
    )


DOT, MOST_ROWS = 20, 4
"""Height and width of a mark's dot with the air around it; rows of dots before they stand on each other."""


def _rows(frame: Frame, marks: Sequence[Mark]) -> list[int]:
    """For each mark the row of its dot, so that dots of near days do not hide each other."""
    where = {day: index for index, day in enumerate(frame.days)}
    ends: list[float] = []
    rows = []
    for mark in marks:
        x = frame.x(where[mark.day]) if mark.day in where else -1.0
        row = next((row for row, end in enumerate(ends) if end <= x), len(ends)) if x >= 0 else 0
        if row == len(ends) < MOST_ROWS and x >= 0:
            ends.append(0.0)
        row = min(row, MOST_ROWS - 1)
        if x >= 0:
            ends[row] = x + DOT
        rows.append(row)
    return rows


def _marks(frame: Frame, marks: Sequence[Mark], rows: Sequence[int]) -> str:
    where = {day: index for index, day in enumerate(frame.days)}
    parts = []
    for order, (mark, row) in enumerate(zip(marks, rows, strict=True), start=1):
        if mark.day not in where:
            continue
        x, y = frame.x(where[mark.day] + 0.5), 10 + DOT * row
        base = frame.height - frame.bottom
        parts.append(
            f"<title>{escape(mark.words)}</title>"
            f'<line class="c-mark" x1="{x:.1f}" x2="{x:.1f}" y1="{y + 8}" y2="{base}"/>'
            f'<circle class="c-dot" cx="{x:.1f}" cy="{y}" r="9"/>'
            f'<text class="c-dotnum" x="{x:.1f}" y="{y + 4}" text-anchor="middle">{order}</text>'
        )
    return "".join(f"<g>{part}</g>" for part in parts)
