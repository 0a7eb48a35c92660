"""The picture card for messengers and social networks: 1080 by 1350 pixels of typography."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

import vl_convert

from constancia.apps.publishing.outputs.charts.house import (
    BLUE,
    HAIRLINE,
    INK,
    MUTED,
    OCHRE,
    PALE,
    PAPER,
    SANS,
    SERIF,
)
from constancia.apps.publishing.outputs.charts.measure import Face, fonts, width_of, wrapped
from constancia.domain.language import Language
from constancia.domain.publishing.card import Card, Counted, Promise, card, card_alt
from constancia.domain.publishing.content import Content

WIDTH, HEIGHT = 1080, 1350
_LEFT, _RIGHT, _INNER = 72, WIDTH - 72, WIDTH - 144
_BELOW, _AIR = 56, 38
_LARGEST = (440.0, 400.0, 360.0, 330.0, 300.0, 280.0, 260.0, 240.0, 220.0, 200.0, 180.0)


@dataclass(slots=True)
class _Block:
    """A part of the card drawn from its own top: the marks, and how tall it is."""

    height: float = 0.0
    marks: list[str] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        face: Face = "sans",
        fill: str = INK,
        right: bool = False,
    ) -> None:
        """A line of text whose baseline is at y."""
        family = SERIF if face.startswith("serif") else SANS
        weight = 600 if face.endswith("bold") else 400
        anchor = ' text-anchor="end"' if right else ""
        self.marks.append(
            f'<text x="{x:g}" y="{y:g}" font-family="{escape(family)}" font-size="{size:g}" '
            f'font-weight="{weight}" fill="{fill}"{anchor}>{escape(text)}</text>'
        )

    def box(self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "") -> None:
        edge = f' stroke="{stroke}" stroke-width="4"' if stroke else ""
        self.marks.append(
            f'<rect x="{x:g}" y="{y:g}" width="{max(width, 0):.2f}" height="{height:g}" fill="{fill}"{edge}/>'
        )

    def lines(
        self, x: float, y: float, texts: list[str], size: float, *, face: Face = "sans", fill: str = INK
    ) -> float:
        """Lines under each other, the first with its baseline at y; the baseline of the last."""
        for at, text in enumerate(texts):
            self.text(x, y + at * size * 1.2, text, size, face=face, fill=fill)
        return y + (len(texts) - 1) * size * 1.2


def card_svg(content: Content, language: Language) -> str:
    """The card as SVG with a name for screen readers. It refers to nothing outside itself."""
    says = card(content, language)
    foot = _foot(says)
    blocks, spare = _laid_out(says, HEIGHT - _BELOW - foot.height)
    parts, y = [], 0.0
    for at, block in enumerate(blocks):
        if at > 1:
            parts.append(_placed(_rule(), y))
        parts.append(_placed(block, y + (spare * 0.55 if at else 0)))
        y += block.height + (spare if at else spare * 0.3)
    parts.append(_placed(foot, HEIGHT - _BELOW - foot.height))
    alt = escape(card_alt(content, language))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="card-{language}-title">'
        f'<title id="card-{language}-title">{alt}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>{"".join(parts)}</svg>\n'
    )


def _laid_out(says: Card, room: float) -> tuple[list[_Block], float]:
    """The parts with the largest number that leaves air between them, and how much air each gets."""
    for size in _LARGEST:
        blocks = [_head(says), _held(says, size), _middle(says), _promised(says)]
        blocks = [block for block in blocks if block.height]
        spare = (room - sum(block.height for block in blocks)) / len(blocks)
        if spare >= _AIR:
            break
    return blocks, max(0.0, spare)


def card_png(content: Content, language: Language) -> bytes:
    """The card as PNG, 1080 by 1350 pixels. The same content has the same bytes."""
    fonts()
    png: bytes = vl_convert.svg_to_png(card_svg(content, language), scale=1.0)
    return png


def _placed(block: _Block, y: float) -> str:
    return f'<g transform="translate(0,{y:.1f})">{"".join(block.marks)}</g>'


def _rule() -> _Block:
    block = _Block()
    block.box(_LEFT, -1, _INNER, 2, HAIRLINE)
    return block


def _head(says: Card) -> _Block:
    """The organisation, and the number of the edition."""
    block = _Block()
    block.box(0, 0, WIDTH, 20, BLUE)
    edition = width_of(says.edition, 32)
    room, size, most = _INNER - edition - 40, 36, 2
    if width_of(says.organisation, size, face="sans-bold") > 1.9 * room:
        size, most = 29, 3
    lines = wrapped(says.organisation, size, room, most, face="sans-bold")
    last = block.lines(_LEFT, 88, lines, size, face="sans-bold")
    block.text(_RIGHT, 88, says.edition, 32, fill=MUTED, right=True)
    block.height = last + 30
    block.box(_LEFT, block.height - 3, _INNER, 3, INK)
    return block


def _held(says: Card, largest: float) -> _Block:
    """The largest number of the card: how many are held."""
    block = _Block()
    block.text(_LEFT, 52, says.as_of, 42, face="sans-bold", fill=BLUE)
    if says.held is None:
        block.height = 80
        return block
    size = min(largest, _INNER / width_of(says.held.number, 1, face="serif-bold"))
    baseline = 60 + size * 0.78
    block.text(_LEFT - size * 0.03, baseline, says.held.number, size, face="serif-bold")
    lines = wrapped(says.held.label, 58, _INNER, 2, face="serif")
    last = block.lines(_LEFT, baseline + 78, lines, 58, face="serif")
    if says.change:
        last = block.lines(_LEFT, last + 56, wrapped(says.change, 38, _INNER, 2), 38, fill=MUTED)
    block.height = last + 24
    return block


def _middle(says: Card) -> _Block:
    """Releases on the left, what changed on the right."""
    block = _Block()
    both = says.released is not None and bool(says.changes)
    half = (_INNER - 56) / 2 if both else _INNER
    if says.released is not None:
        block.height = _released(block, says.released, half)
    if says.changes:
        x = _LEFT + half + 56 if both else _LEFT
        block.height = max(block.height, _changes(block, says, x, half))
    return block


def _released(block: _Block, released: Counted, room: float) -> float:
    size = min(150.0, 150.0 * room / width_of(released.number, 150, face="serif-bold"))
    block.text(_LEFT - 3, size * 0.78, released.number, size, face="serif-bold", fill=BLUE)
    lines = wrapped(released.label, 36, room, 3)
    return block.lines(_LEFT, size * 0.78 + 54, lines, 36) + 22


def _changes(block: _Block, says: Card, x: float, room: float) -> float:
    heading = wrapped(says.changed, 31, room, 2, face="sans-bold")
    y = block.lines(x, 26, heading, 31, face="sans-bold")
    column = max(width_of(change, 30, face="sans-bold") for change, _ in says.drawn) + 14
    for change, label in says.drawn:
        y += 42
        block.text(x + column - 14, y, change, 30, face="sans-bold", right=True)
        y = block.lines(x + column, y, wrapped(label, 28, room - column, 3), 28)
    return y + 22


def _promised(says: Card) -> _Block:
    """A bar for each of the latest announcements, with what came of it."""
    block = _Block()
    if not says.promises:
        return block
    block.text(_LEFT, 26, says.announced, 31, face="sans-bold")
    most = max(max(one.announced or 0, one.verified) for one in says.promises) or 1
    y = 34.0
    for one in says.promises:
        y = _promise(block, one, y, _INNER / most)
    block.height = y
    return block


def _promise(block: _Block, one: Promise, y: float, per: float) -> float:
    said = wrapped(one.words, 36, _INNER, 2, face="sans-bold")
    last = block.lines(_LEFT, y + 46, said, 36, face="sans-bold", fill=BLUE)
    block.box(_LEFT, last + 16, _INNER, 26, PALE if one.announced is None else PAPER)
    if one.announced is not None:
        block.box(_LEFT + 2, last + 18, per * one.announced - 4, 22, PAPER, OCHRE)
    block.box(_LEFT, last + 16, per * one.verified, 26, BLUE)
    who = wrapped(one.who, 29, _INNER, 1)[0]
    block.text(_LEFT, last + 76, who, 29, fill=MUTED)
    return last + 92


def _foot(says: Card) -> _Block:
    """When it was known, and who is counted."""
    block = _Block()
    block.box(_LEFT, 0, _INNER, 2, HAIRLINE)
    y = block.lines(_LEFT, 40, wrapped(says.known, 27, _INNER, 2), 27, fill=MUTED)
    if says.rule:
        y = block.lines(_LEFT, y + 36, wrapped(says.rule, 27, _INNER, 1), 27, fill=MUTED)
    block.height = y + 4
    return block
