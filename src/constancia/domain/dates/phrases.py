"""The grammar of date phrases, one for Spanish and English: before, after, between, about, parts.

Works on tokens (`tokens`), makes pieces (`piece`), answers through `edtf.parse`, so that whatever is
read is also canonical EDTF.
"""

from __future__ import annotations

import re
from dataclasses import replace

from constancia.domain.dates import build, edtf
from constancia.domain.dates.imprecise import ImpreciseDate
from constancia.domain.dates.lexicon import Lexicon, Op, Third, Unit
from constancia.domain.dates.limits import checked_year
from constancia.domain.dates.numeric import Order, read_figures
from constancia.domain.dates.piece import Piece, doubtful, left_end, right_end, rough_ends, roughly
from constancia.domain.dates.tokens import Token, tokens
from constancia.domain.errors import DateRefused

_LONELY_ENDS = {Op.BEFORE, Op.AFTER, Op.SINCE, Op.UNTIL, Op.OR_BEFORE, Op.OR_AFTER}
_MAX_TOKENS = 24
_FIGURE_IN_BRACKETS = re.compile(r"[(\[][^)\]]*\d")


def read_phrase(text: str, lexicon: Lexicon, order: Order | None) -> ImpreciseDate:
    """The date that a plain text says. Raises DateRefused as `reading.read` lists."""
    if _FIGURE_IN_BRACKETS.search(text):  # a footnote mark, or another date: not for us to choose
        raise DateRefused("date.unreadable")
    found = tokens(text, lexicon)
    if not found or len(found) > _MAX_TOKENS:
        raise DateRefused("date.unreadable")
    return edtf.parse(_phrase(found, order))


def _phrase(found: list[Token], order: Order | None) -> str:
    """EDTF of a whole phrase."""
    if found and found[-1].value is Op.ROUGH_ENDS:
        return rough_ends(_phrase(found[:-1], order))
    if not found:
        raise DateRefused("date.unreadable")
    first, last = found[0], found[-1]
    rest = found[1:]
    if first.value is Op.TO:  # "a principios de", "al 8 de enero"
        return _phrase(rest, order)
    if first.value in (Op.ABOUT, Op.DOUBT) and rest and rest[0].kind == "op":
        inner = _phrase(rest, order)
        return roughly(inner) if first.value is Op.ABOUT else doubtful(inner)
    if last.value is Op.DOUBT and any(
        t.value in (Op.BETWEEN, Op.TO) or t.value in _LONELY_ENDS for t in found
    ):
        return doubtful(_phrase(found[:-1], order))
    if first.value is Op.BETWEEN:
        return _interval(_split_once(rest, (Op.AND,)), order)
    if first.value is Op.SINCE and any(t.value in (Op.TO, Op.UNTIL) for t in rest):
        return _interval(_split_once(rest, (Op.TO, Op.UNTIL)), order)
    if isinstance(first.value, Op) and first.value in _LONELY_ENDS:
        return _open(first.value, _one(rest, order))
    if last.value in (Op.OR_BEFORE, Op.OR_AFTER) and isinstance(last.value, Op):
        return _open(last.value, _one(found[:-1], order))
    return _one_or_two(found, order)


def _open(op: Op, inner: str) -> str:
    """`inner` as the end of an open interval."""
    if op is Op.BEFORE or op is Op.AFTER:
        bounds = edtf.parse(inner)
        if bounds.earliest is None or bounds.latest is None:
            raise DateRefused("date.unreadable")
        is_about = "/" not in inner and inner[-1] in "~%"
        if op is Op.BEFORE:  # before about the 8th: before the last day that "about the 8th" can be
            return build.before(bounds.latest if is_about else bounds.earliest).edtf
        return build.after(bounds.earliest if is_about else bounds.latest).edtf
    if op in (Op.SINCE, Op.OR_AFTER):
        return f"{left_end(inner)}/.."
    return f"../{right_end(inner)}"


def _one(found: list[Token], order: Order | None) -> str:
    return _piece(found, order).text()


def _one_or_two(found: list[Token], order: Order | None) -> str:
    """One date, or two with "to", "or" or a dash between them."""
    try:
        return _one(found, order)
    except DateRefused as refusal:
        first_refusal = refusal
    readings: set[str] = set()
    for at, token in enumerate(found):
        is_dash = token.kind == "mark" and token.text == "-"
        if not 0 < at < len(found) - 1 or not (is_dash or token.value in (Op.TO, Op.UNTIL, Op.OR)):
            continue
        halves = found[:at], found[at + 1 :]
        try:
            readings.add(_interval(halves, order, adjacent=token.value is Op.OR))
        except DateRefused as refusal:
            if first_refusal.code == "date.unreadable":
                first_refusal = refusal
    if len(readings) == 1:
        return readings.pop()
    raise first_refusal


def _split_once(found: list[Token], at: tuple[Op, ...]) -> tuple[list[Token], list[Token]]:
    places = [i for i, token in enumerate(found) if token.value in at and token.kind == "op"]
    if len(places) != 1:
        raise DateRefused("date.unreadable")
    return found[: places[0]], found[places[0] + 1 :]


def _interval(halves: tuple[list[Token], list[Token]], order: Order | None, *, adjacent: bool = False) -> str:
    """EDTF of an interval; each half lends the other the month and year it lacks.

    `adjacent`: the halves must follow each other directly ("8 or 9 January"), for "some day from the
    8th to the 20th" is not what "the 8th or the 20th" says.
    """
    start, end = (_piece(half, order) for half in halves)
    start, end = start.completed_from(end), end.completed_from(start)
    first, second = start.text(), end.text()
    if adjacent:
        before, after = edtf.parse(first).latest, edtf.parse(second).earliest
        if before is None or after is None or after.toordinal() != before.toordinal() + 1:
            raise DateRefused("date.not_adjacent")
    return edtf.parse(f"{left_end(first)}/{right_end(second)}").edtf


def _piece(found: list[Token], order: Order | None) -> Piece:
    """One date out of its tokens, perhaps lacking year or month."""
    about = any(t.value is Op.ABOUT for t in found)
    doubt = any(t.value is Op.DOUBT for t in found)
    kept = [t for t in found if t.value not in (Op.ABOUT, Op.DOUBT) and t.text not in "-/"]
    if kept and kept[0].value is Op.TO:
        kept = kept[1:]
    if not kept or any(t.kind == "op" for t in kept):
        raise DateRefused("date.unreadable")
    return replace(_core(kept, order), about=about, doubt=doubt)


def _core(found: list[Token], order: Order | None) -> Piece:
    weekdays = [t for t in found if t.kind == "weekday"]
    if weekdays:
        rest = [t for t in found if t.kind != "weekday"]
        if len(weekdays) > 1 or not rest:
            raise DateRefused("date.unreadable")
        return _on_weekday(_core(rest, order), weekdays[0])
    if len(found) == 1 and found[0].kind == "figures":
        return _figures(found[0].text, order)
    thirds = [t for t in found if t.kind == "third"]
    units = [t for t in found if t.kind == "unit"]
    decades = any(t.kind in ("decade", "tens") or t.value is Unit.DECADE for t in found)
    if thirds:
        return _third(found, thirds, order)
    if decades:
        return _decade(found)
    if units:
        return _unit(found, units)
    return _calendar(found)


def _figures(text: str, order: Order | None) -> Piece:
    """A day or a month in figures inside a phrase."""
    found = read_figures(text, order)
    if found is None:
        raise DateRefused("date.unreadable")
    year, month, *day = (int(part) for part in found.edtf.split("-"))
    return Piece(year=year, month=month, day=day[0] if day else None)


def _on_weekday(whole: Piece, weekday: Token) -> Piece:
    """A weekday beside a day must be that day's own; `Piece.text` compares them once the year is known."""
    assert isinstance(weekday.value, int)
    if whole.day is None:
        raise DateRefused("date.unreadable")
    return replace(whole, weekday=weekday.value)


def _third(found: list[Token], thirds: list[Token], order: Order | None) -> Piece:
    """ "early January 2026", "mediados de 1975", "late 1970s"; alone, inside an interval."""
    third = thirds[0].value
    if len(thirds) > 1 or found[0].kind != "third" or not isinstance(third, Third):
        raise DateRefused("date.unreadable")
    if len(found) == 1:
        return Piece(third=third)
    whole = _core(found[1:], order)
    if whole.day is not None or whole.unit is not None:
        raise DateRefused("date.unreadable")
    return replace(whole, third=third)


def _decade(found: list[Token]) -> Piece:
    """ "década de 1970", "años 1970", "the 1970s". Seventies of an unnamed century are refused."""
    named = [t for t in found if t.value is not Unit.DECADE]
    if len(named) != 1 or len(found) - len(named) > 2:
        if any(t.kind == "tens" for t in named):
            raise DateRefused("date.century_unclear")
        raise DateRefused("date.unreadable")
    token = named[0]
    if token.kind == "tens" or len(token.text) == 2:
        raise DateRefused("date.century_unclear")
    if token.kind not in ("number", "decade") or len(token.text) != 4 or not isinstance(token.value, int):
        raise DateRefused("date.unreadable")
    if token.value % 10:
        raise DateRefused("date.unreadable")
    return Piece(year=checked_year(token.value), decade=True)


def _unit(found: list[Token], units: list[Token]) -> Piece:
    """ "primera quincena de mayo de 1976", "first quarter of 2025", "Q1 2025", "2025, III trimestre"."""
    unit = units[0].value
    if len(units) > 1 or not isinstance(unit, Unit):
        raise DateRefused("date.unreadable")
    at = found.index(units[0])
    for beside in (at - 1, at + 1):
        if 0 <= beside < len(found):
            token = found[beside]
            if isinstance(token.value, int) and (
                token.kind == "ordinal" or (token.kind == "number" and len(token.text) == 1)
            ):
                rest = [t for i, t in enumerate(found) if i not in (at, beside)]
                return _part_of(rest, unit, token.value)
    raise DateRefused("date.unreadable")


def _part_of(rest: list[Token], unit: Unit, ordinal: int) -> Piece:
    whole = _calendar(rest) if rest else Piece()
    if whole.day is not None:
        raise DateRefused("date.unreadable")
    return replace(whole, unit=unit, ordinal=ordinal)


def _calendar(found: list[Token]) -> Piece:
    """Day, month and year in any order in which each is plain."""
    months = [t for t in found if t.kind == "month"]
    numbers = [t for t in found if t.kind in ("number", "ordinal")]
    quoted = any(t.text == "'" for t in found)
    if len(months) + len(numbers) + (1 if quoted else 0) != len(found) or len(months) > 1:
        raise DateRefused("date.unreadable")
    if quoted:
        raise DateRefused("date.two_digit_year")
    years = [t for t in numbers if len(t.text) == 4 and t.kind == "number"]
    others = [t for t in numbers if t not in years]
    if not years and months:
        years, others = _split_year(found, others)
    if len(years) > 1 or any(len(t.text) > 2 or not t.text.isdigit() for t in others):
        raise DateRefused("date.unreadable")
    year = int("".join(t.text for t in years)) if years else None
    month = months[0].value if months else None
    assert month is None or isinstance(month, int)
    if len(others) > 1:
        if year is None and months:
            raise DateRefused("date.two_digit_year")
        raise DateRefused("date.two_days" if months else "date.unreadable")
    if year is not None:
        checked_year(year)
    if others and months and years and not _in_known_order(found, months[0], others[0]):
        raise DateRefused("date.unreadable")
    return Piece(year=year, month=month, day=_day(others[0], found, year) if others else None)


def _in_known_order(found: list[Token], month: Token, day: Token) -> bool:
    """Day-month-year, month-day-year, year-month-day; "enero 2026, 3" does not say what the 3 counts."""
    at_month, at_day = found.index(month), found.index(day)
    return {at_month, at_day} == {0, 1} or (at_month, at_day) == (1, 2)


def _day(token: Token, found: list[Token], year: int | None) -> int:
    value = token.value
    assert isinstance(value, int)
    if year is None and found[0].kind == "month" and token.gap == "" and len(found) == 2:
        raise DateRefused("date.two_digit_year")  # "ene-26", "ene/26": a day or a year
    if not 1 <= value <= 31:
        raise DateRefused("date.two_digit_year" if year is None and value > 31 else "date.no_such_day")
    return value


def _split_year(found: list[Token], numbers: list[Token]) -> tuple[list[Token], list[Token]]:
    """A year whose digits a PDF pulled apart: "1 April 2 013".

    Joined only where the day stands before the month and the digits after it, blanks alone between
    them, make four: then no other reading is left.
    """
    at = next(i for i, t in enumerate(found) if t.kind == "month")
    before, after = found[:at], found[at + 1 :]
    pulled_apart = (
        len(before) == 1
        and len(after) > 1
        and all(t.kind == "number" for t in after)
        and all(not t.gap.strip() and t.gap for t in after[1:])
        and sum(len(t.text) for t in after) == 4
    )
    if not pulled_apart:
        return [], numbers
    text = "".join(t.text for t in after)
    return [Token("number", text, after[0].gap, int(text))], before
