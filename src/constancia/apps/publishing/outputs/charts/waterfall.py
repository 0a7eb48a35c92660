"""A balance as a waterfall on its side: from the earlier count, step by step, to the present one."""

from __future__ import annotations

from constancia.apps.publishing.outputs.charts.drawing import Drawing, Row
from constancia.apps.publishing.outputs.charts.house import (
    BLUE,
    HAIRLINE,
    INK,
    LIGHT,
    MUTED,
    SHEETS,
    Size,
)
from constancia.apps.publishing.outputs.charts.measure import BOLD, width_of, wrapped
from constancia.domain.language import Language
from constancia.domain.publishing.charts.described import plain, sentence
from constancia.domain.publishing.charts.waterfall import drops
from constancia.domain.publishing.content import Balance, Content
from constancia.domain.publishing.printing import day, number, signed

_STEP, _TALL = 32.0, 19.0


def draw_balance(content: Content, balance: Balance, language: Language, size: Size) -> Drawing:
    """The counts as lines with dots, not bars, because the axis does not begin at zero."""
    sheet = SHEETS[size]
    steps = drops(balance, language)
    counts = [balance.opening, balance.closing, *(one.after for one in steps)]
    low, high = min(counts), max(counts)
    longest = max((width_of(one.label, sheet.text) for one in steps), default=0)
    ends = [
        plain(sentence(key, language, day=day(when, language)))
        for key, when in (("balance.opening", balance.opening_as_of), ("balance.closing", content.as_of))
    ]
    longest = max(longest, *(width_of(text, sheet.text, face=BOLD) for text in ends))
    ends_room = max(width_of(text, sheet.text, face=BOLD) for text in ends) + 12
    left = max(min(longest + 14, sheet.width * 0.44), min(ends_room, sheet.width * 0.55))
    edge = max(width_of(number(max(counts), language), sheet.large, face=BOLD) + 16, 44.0)
    first, last = left + edge, sheet.width - edge
    per = (last - first) / (high - low) if high > low else 0.0

    def x(count: int) -> float:
        return first + per * (count - low) if high > low else (first + last) / 2

    rows = len(steps) + 2
    drawing = Drawing(sheet.width, _STEP * rows)
    middles = [_STEP * (at + 0.5) for at in range(rows)]
    joints: list[Row] = []
    boxes: list[Row] = []
    changes: list[Row] = []
    for at, one in enumerate(steps, start=1):
        y, one_left, one_right = middles[at], x(min(one.before, one.after)), x(max(one.before, one.after))
        fill = LIGHT if one.change > 0 else BLUE
        boxes.append(
            {
                "x": one_left,
                "x2": max(one_right, one_left + 1),
                "y": y - _TALL / 2,
                "y2": y + _TALL / 2,
                "fill": fill,
            }
        )
        changes.append({"x": one_right + 6, "y": y, "text": signed(one.change, language)})
        joints.append(
            {
                "x": x(one.before),
                "x2": x(one.before),
                "y": middles[at - 1],
                "y2": y + _TALL / 2,
                "stroke": MUTED,
            }
        )
    joints.append(
        {
            "x": x(balance.closing),
            "x2": x(balance.closing),
            "y": middles[-2],
            "y2": middles[-1],
            "stroke": MUTED,
        }
    )
    lanes = [
        {"x": left, "x2": sheet.width, "y": _STEP * at, "y2": _STEP * at, "stroke": HAIRLINE}
        for at in (1, rows - 1)
    ]
    drawing.lines(lanes, width=0.8)
    drawing.lines(joints, width=0.9, dash=(2, 2))
    drawing.bars(boxes)
    drawing.texts(changes, size=sheet.text, bold=True, halo=True)
    dots: list[Row] = [
        {"x": x(count), "y": y, "fill": INK}
        for count, y in ((balance.opening, middles[0]), (balance.closing, middles[-1]))
    ]
    drawing.dots(dots, size=90)
    drawing.texts(
        [
            {"x": dot["x"] + 9, "y": dot["y"], "text": number(count, language)}
            for dot, count in zip(dots, (balance.opening, balance.closing), strict=True)
        ],
        size=sheet.large,
        bold=True,
    )
    texts = [
        {"x": left - 10, "y": y, "text": text} for y, text in ((middles[0], ends[0]), (middles[-1], ends[1]))
    ]
    drawing.texts(texts, size=sheet.text, align="right", bold=True)
    names: list[Row] = []
    for at, one in enumerate(steps, start=1):
        lines = wrapped(one.label, sheet.text, left - 12, 2)
        names += [
            {"x": left - 10, "y": middles[at] + 14 * (i - (len(lines) - 1) / 2), "text": text}
            for i, text in enumerate(lines)
        ]
    drawing.texts(names, size=sheet.text, align="right")
    return drawing
