"""What came of a promise: a stepped line of what was verified, as known over time, against what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from constancia.domain.language import Language
from constancia.web.charts.frame import NARROW, WIDE, Frame, picture, ticks
from constancia.web.words import number


@dataclass(frozen=True, slots=True)
class Rise:
    """From `share` (0 to 1) of `day` on, `value` were verified."""

    day: date
    share: float
    value: int


def progress_chart(
    ident: str,
    title: str,
    description: str,
    days: Sequence[date],
    rises: Sequence[Rise],
    announced: int | None,
    announced_words: str,
    lang: Language = "es",
) -> str:
    """Two pictures, wide and narrow, over `days`, which follow each other and hold every rise; empty text
    without days. Without a number announced there is no line to reach."""
    if not days:
        return ""
    levels = ticks(0, max(announced or 1, *(rise.value for rise in rises), 1), 4)
    drawn = []
    for css, (width, height) in (("wide", WIDE), ("narrow", NARROW)):
        frame = Frame(width, height, days, levels, right=48)
        body = (
            frame.grid(lang)
            + _promise(frame, announced, announced_words)
            + _verified(frame, rises, lang)
            + frame.calendar(lang)
        )
        drawn.append(picture(width, height, css, title, description, body, f"{ident}-{css}"))
    return "".join(drawn)


def _promise(frame: Frame, announced: int | None, words: str) -> str:
    if announced is None:
        return ""
    y = frame.y(announced)
    return (
        f'<path class="c-promise" d="M{frame.left} {y:.1f}H{frame.width - frame.right}"/>'
        f'<text class="c-peak" x="{frame.left + 4}" y="{y - 6:.1f}">{escape(words)}</text>'
    )


def _verified(frame: Frame, rises: Sequence[Rise], lang: Language) -> str:
    """The line from zero, and its number at its end."""
    where = {day: index for index, day in enumerate(frame.days)}
    base, end = frame.y(0), frame.x(len(frame.days))
    path = [f"M{frame.x(0):.1f} {base:.1f}"]
    for rise in rises:
        path.append(f"H{frame.x(where[rise.day] + rise.share):.1f}V{frame.y(rise.value):.1f}")
    last = rises[-1].value if rises else 0
    path.append(f"H{end:.1f}")
    line = "".join(path)
    y = frame.y(last)
    return (
        f'<path class="c-kept" d="{line}V{base:.1f}z"/><path class="c-rise" d="{line}"/>'
        f'<circle class="c-riseend" cx="{end:.1f}" cy="{y:.1f}" r="3.5"/>'
        f'<text class="c-peak" x="{end + 8:.1f}" y="{y + 4:.1f}">{number(last, lang)}</text>'
    )


def progress_bar(
    verified: int, reported: int, announced: int | None, width: int = 320, height: int = 10
) -> str:
    """A flat bar of what was announced: verified, reported, not known to be out. The numbers stand beside
    it, so it is hidden from screen readers; empty text without a number announced."""
    if not announced:
        return ""
    whole = max(announced, verified + reported)
    x, parts = 0.0, []
    for css, value in (("c-s0", verified), ("c-s1", reported), ("c-open", whole - verified - reported)):
        wide = width * value / whole
        if wide:
            parts.append(f'<rect class="{css}" x="{x:.1f}" y="0" width="{wide:.1f}" height="{height}"/>')
        x += wide
    if announced < whole:
        at = width * announced / whole
        parts.append(f'<path class="c-goal" d="M{at:.1f} 0V{height}"/>')
    return (
        f'<svg class="share" viewBox="0 0 {width} {height}" preserveAspectRatio="none" '
        f'aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )
