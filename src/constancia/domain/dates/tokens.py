"""Cutting a date phrase into tokens that the grammar understands."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from constancia.domain.dates.lexicon import Lexicon, Op, Third, Unit
from constancia.domain.errors import DateRefused

Kind = Literal[
    "number", "figures", "month", "weekday", "ordinal", "unit", "third", "op", "mark", "decade", "tens"
]


class Token(NamedTuple):
    """`value`: the number, month or ordinal, or the Op, Unit or Third. `gap`: what stands before it."""

    kind: Kind
    text: str
    gap: str
    value: int | Op | Unit | Third = 0


_TOKEN = re.compile(
    r"""
      (?P<figures> (?<![\d/.-]) (?: \d{1,4}([-/.])\d{1,2}\2\d{1,4} | \d{4}-\d\d | \d{1,2}/\d{4} ) (?![\d]) )
    | (?P<number> \d+ ) (?: (?P<suffix> st|nd|rd|th|ro|ra|do|da|era|er|to|ta|a|o|s ) (?![a-z]) )?
    | (?P<word> [a-z]+ )
    | (?P<mark> [-/~?%'] )
    | (?P<skip> [\s,.;()\[\]"]+ )
    """,
    re.VERBOSE | re.ASCII,
)
_THOUSANDS = re.compile(r"(?<![\d.,])([12])\.(\d{3})(?![\d.,])", re.ASCII)
_MARK_OPS = {"~": (Op.ABOUT,), "?": (Op.DOUBT,), "%": (Op.ABOUT, Op.DOUBT)}


def tokens(text: str, lexicon: Lexicon) -> list[Token]:
    """Tokens of a plain text; fillers dropped, phrases joined into one `op`.

    DateRefused `date.unreadable` at a word or sign that no date needs, `date.relative` at "yesterday".
    """
    cut = _cut(_THOUSANDS.sub(r"\1\2", text), lexicon.fillers)
    joined: list[Token] = []
    at = 0
    while at < len(cut):
        taken = _phrase_at(cut, at, lexicon.phrases)
        if taken:
            phrase = tuple(t.text for t in cut[at : at + taken])
            joined.append(Token("op", cut[at].text, cut[at].gap, lexicon.phrases[phrase]))
            at += taken
            continue
        joined.extend(_named(cut[at], lexicon))
        at += 1
    return joined


class _Piece(NamedTuple):
    kind: str
    text: str
    gap: str
    suffix: str = ""


def _cut(text: str, fillers: frozenset[str]) -> list[_Piece]:
    pieces: list[_Piece] = []
    at, gap = 0, ""
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise DateRefused("date.unreadable")
        at = found.end()
        kind = next(k for k in ("skip", "figures", "number", "word", "mark") if found[k] is not None)
        if kind == "skip" or (kind == "word" and found[0] in fillers):
            gap += found[0]
            continue
        pieces.append(_Piece(kind, found[kind], gap, found["suffix"] or ""))
        gap = ""
    return pieces


def _phrase_at(cut: list[_Piece], at: int, phrases: dict[tuple[str, ...], Op]) -> int:
    """How many pieces from `at` on make up the longest known phrase; 0 if none does."""
    for length in (3, 2, 1):
        if at + length <= len(cut) and tuple(p.text for p in cut[at : at + length]) in phrases:
            return length
    return 0


def _named(piece: _Piece, lexicon: Lexicon) -> list[Token]:
    kind, text, gap, suffix = piece
    if kind == "number":
        value = int(text) if len(text) <= 9 else -1
        number = Token("number", text, gap, value)
        if suffix == "s":
            return [Token("decade", text, gap, value)]
        return [Token("ordinal", text, gap, value)] if suffix else [number]
    if kind == "figures":
        return [Token("figures", text, gap)]
    if kind == "mark":
        ops = _MARK_OPS.get(text)
        return [Token("op", text, gap, op) for op in ops] if ops else [Token("mark", text, gap)]
    if text in lexicon.tens:
        return [Token("tens", text, gap)]
    tables: tuple[tuple[Kind, dict[str, int] | dict[str, Unit] | dict[str, Third]], ...] = (
        ("month", lexicon.months),
        ("weekday", lexicon.weekdays),
        ("third", lexicon.thirds),
        ("unit", lexicon.units),
        ("ordinal", lexicon.ordinals),
    )
    for name, table in tables:
        if text in table:
            is_first = name == "ordinal" and table[text] == 1  # "primero de mayo": the only day so called
            return [Token(name, "1" if is_first else text, gap, table[text])]
    raise DateRefused("date.relative" if text in lexicon.relative else "date.unreadable")
