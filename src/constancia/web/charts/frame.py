"""What every chart over days shares: size, scales, ticks, grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from constancia.domain.dates.words import month_name
from constancia.domain.language import Language
from constancia.web.words import number

WIDE, HALF, NARROW = (1080, 340), (530, 300), (340, 240)
"""Drawn twice, for a desk (or half its width) and for a telephone; the style sheet shows one of them."""

_STEPS = (1, 2, 5, 10)


def ticks(low: int, high: int, wanted: int = 5) -> list[int]:
    """Round numbers from at or below `low` to at or above `high`: 3 to about `wanted` + 1 of them."""
    span = max(high - low, 1)
    power = 1
    while True:
        for base in _STEPS:
            step = base * power
            if span / step <= wanted:
                first = low - low % step
                last = high + (-high) % step
                last = max(last, first + step)
                return list(range(first, last + 1, step))
        power *= 10


@dataclass(frozen=True, slots=True)
class Frame:
    """Plot area inside a picture of `width` × `height`, for `days` along and `levels` up."""

    width: int
    height: int
    days: Sequence[date]
    levels: Sequence[int]
    top: int = 24
    right: int = 8
    bottom: int = 30
    left: int = 40

    @property
    def across(self) -> float:
        return (self.width - self.left - self.right) / max(len(self.days), 1)

    def x(self, index: float) -> float:
        return self.left + index * self.across

    def y(self, value: float) -> float:
        low, high = self.levels[0], self.levels[-1]
        share = (value - low) / (high - low)
        return self.height - self.bottom - share * (self.height - self.top - self.bottom)

    def grid(self, lang: Language) -> str:
        parts = []
        for level in self.levels:
            y = self.y(level)
            parts.append(
                f'<path class="c-grid" d="M{self.left} {y:.1f}H{self.width - self.right}"/>'
                f'<text class="c-num" x="{self.left - 7}" y="{y + 4:.1f}" text-anchor="end">'
                f"{number(level, lang)}</text>"
            )
        return "".join(parts)

    def calendar(self, lang: Language) -> str:
        """Day numbers under a short span, months under a long one; the year where it begins."""
        spots = self._spots(lang)
        base = self.height - self.bottom
        parts = [
            f'<line class="c-axis" x1="{self.left}" x2="{self.width - self.right}" y1="{base}" y2="{base}"/>'
        ]
        for index, words in spots:
            x = self.x(index + 0.5)
            anchor = "end" if x > self.width - self.right - 22 else "middle"
            parts.append(
                f'<line class="c-axis" x1="{x:.1f}" x2="{x:.1f}" y1="{base}" y2="{base + 4}"/>'
                f'<text class="c-day" x="{x:.1f}" y="{base + 18}" text-anchor="{anchor}">'
                f"{escape(words)}</text>"
            )
        return "".join(parts)

    def _spots(self, lang: Language) -> list[tuple[int, str]]:
        room = max(2, (self.width - self.left) // 68)
        count = len(self.days)
        months = [i for i, day in enumerate(self.days) if day.day == 1]
        if len(months) > 4 or count > 130:
            every = -(-len(months) // room) if months else 1
            return [(i, self._month(self.days[i], lang)) for i in months[::every]]
        every = -(-count // room)
        every = next((e for e in (1, 2, 7, 14, 28) if e >= every), every)
        return [(i, self._day(self.days[i], lang)) for i in range(count - 1, -1, -every)][::-1]

    def _month(self, day: date, lang: Language) -> str:
        name = month_name(day.month, lang, short=True)
        return f"{name} {day.year}" if day.month == 1 else name

    def _day(self, day: date, lang: Language) -> str:
        return f"{day.day} {month_name(day.month, lang, short=True)}"


def picture(width: int, height: int, css: str, title: str, description: str, body: str, ident: str) -> str:
    """The svg element with its name and description for those who do not see it."""
    return (
        f'<svg class="chart {css}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{ident}-t {ident}-d" focusable="false">'
        f'<title id="{ident}-t">{escape(title)}</title><desc id="{ident}-d">{escape(description)}</desc>'
        f"{body}</svg>"
    )
