"""One whole cut into its parts: the bar beside a pair (women, men, other, not known)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """One part of the whole."""

    label: str
    value: int
    colour: int = 0


LONGEST_DAYS = 40 * 366


def strip(stretches: Sequence[tuple[str, int]], width: int = 1000, height: int = 12) -> str:
    """Stretches of days side by side, each with its style class; hidden from screen readers, who get the
    list below it. A stretch shorter than a hair is drawn as one."""
    total = sum(min(days, LONGEST_DAYS) for _, days in stretches) or 1
    hair = total / 200
    widths = [max(min(days, LONGEST_DAYS), hair) for _, days in stretches]
    scale = width / sum(widths)
    x, parts = 0.0, []
    for (css, _), wide in zip(stretches, widths, strict=True):
        parts.append(f'<rect class="{css}" x="{x:.1f}" y="0" width="{wide * scale:.1f}" height="{height}"/>')
        x += wide * scale
    return (
        f'<svg viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false">{"".join(parts)}</svg>'
    )


def share_bar(shares: Sequence[Share], width: int = 320, height: int = 10) -> str:
    """A flat bar; the numbers stand in the table beside it, so it is hidden from screen readers."""
    total = sum(share.value for share in shares)
    if total <= 0:
        return ""
    x = 0.0
    parts = []
    for share in shares:
        wide = width * share.value / total
        if wide:
            parts.append(
                f'<rect class="c-p{share.colour}" x="{x:.1f}" y="0" width="{wide:.1f}" height="{height}"/>'
            )
        x += wide
    return (
        f'<svg class="share" viewBox="0 0 {width} {height}" preserveAspectRatio="none" '
        f'aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )
