"""Which encoding a delimited text is in: what its bytes prove, else what Spanish makes likely.

A byte order mark and valid UTF-8 prove themselves. Between the one-byte encodings that spreadsheets of
Latin America and Spain write (Windows-1252, DOS 850, Mac Roman), letters decide; where they do not, the
file is refused and asks for a declared encoding. Lines that only another encoding explains are refused.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from constancia.domain.errors import TableRefused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE = ("cp1252", "cp850", "mac_roman")
_LIKELY = frozenset("áéíóúüñçãõâêôàèìòùïëöäÁÉÍÓÚÜÑÇÃÕÂÊÔÀÈÌÒÙÖÄ")
_PLAUSIBLE = frozenset("ªº°¿¡«»“”‘’–—…€·\u00a0№´")
_SAMPLE = 20_000
"""Lines with bytes above 127 that are looked at."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    raw: bytes


def find_encoding(path: Path, declared: str = "") -> str:
    """The codec's name. Lines count from 1.

    Raises TableRefused: `table.encoding_unknown` (no such encoding), `table.encoding_wrong` (the declared
    one does not fit), `table.encodings_mixed`, `table.encoding_unsure`, `table.nul`.
    """
    with path.open("rb") as file:
        return encoding_of(file, declared)


def encoding_of(file: BinaryIO, declared: str = "") -> str:
    """`find_encoding` of an open file, which is read from its start and may be left anywhere."""
    file.seek(0)
    start = file.read(4096)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), "")
    if declared:
        return _check_declared(file, declared, marked)
    if marked:
        return _check(file, marked)
    if wide := _without_mark(start):
        return _check(file, wide)
    return _by_letters(file)


def _check_declared(file: BinaryIO, declared: str, marked: str) -> str:
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        raise TableRefused("table.encoding_unknown") from None
    if name not in TEXT_ENCODINGS:
        raise TableRefused("table.encoding_unknown")
    if marked == "utf-8-sig" and name == "utf-8":
        name = "utf-8-sig"
    return _check(file, name)


_NAMES = """utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 ascii latin-1 iso8859-2 iso8859-5 iso8859-9
iso8859-15 cp437 cp850 cp852 cp858 cp1250 cp1251 cp1252 cp1254 cp1256 mac_roman koi8-r gb18030
shift_jis big5"""
TEXT_ENCODINGS = frozenset(codecs.lookup(name).name for name in _NAMES.split())
"""What may be declared. Others that Python knows (rot13, idna …) are no encodings of text files."""


def _check(file: BinaryIO, name: str) -> str:
    """`name`, if the whole file decodes as it; else refused with the line."""
    decoder = codecs.getincrementaldecoder(name)(errors="strict")
    line = 1
    file.seek(0)
    while piece := file.read(1 << 20):
        try:
            decoded = decoder.decode(piece)
        except UnicodeDecodeError as error:
            good = piece[: error.start].decode(name, errors="ignore")
            raise TableRefused("table.encoding_wrong", encoding=name, row=line + good.count("\n")) from None
        if (nul := decoded.find("\0")) >= 0:
            raise TableRefused("table.nul", row=line + decoded.count("\n", 0, nul))
        line += decoded.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise TableRefused("table.encoding_wrong", encoding=name, row=line) from None
    return name


def _without_mark(start: bytes) -> str:
    """UTF-16 written without its mark: every second byte of plain text is zero."""
    pairs = len(start) // 2
    if pairs < 2:
        return ""
    if start[1::2].count(0) > pairs * 0.7:
        return "utf-16-le"
    if start[0::2].count(0) > pairs * 0.7:
        return "utf-16-be"
    return ""


def _by_letters(file: BinaryIO) -> str:
    other_lines: list[_Line] = []
    unicode_lines = first_unicode = 0
    file.seek(0)
    for number, raw in enumerate(file, start=1):
        if b"\0" in raw:
            raise TableRefused("table.nul", row=number)
        if raw.isascii():
            continue
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            if len(other_lines) < _SAMPLE:
                other_lines.append(_Line(number, raw))
        else:
            unicode_lines += 1
            first_unicode = first_unicode or number
    if not other_lines:
        return "utf-8"
    if unicode_lines:
        minority = other_lines[0].number if len(other_lines) <= unicode_lines else first_unicode
        raise TableRefused("table.encodings_mixed", row=minority)
    # Letters made it likely; a byte that the encoding does not have still disproves it.
    return _check(file, _one_byte(other_lines))


def _one_byte(lines: list[_Line]) -> str:
    totals = {name: sum(_score(line.raw, name) for line in lines) for name in _ONE_BYTE}
    ranked = sorted(_ONE_BYTE, key=totals.__getitem__, reverse=True)
    best, second = ranked[0], ranked[1]
    if totals[best] <= 0 or totals[best] <= totals[second]:
        raise TableRefused("table.encoding_unsure", row=lines[0].number)
    for line in lines:
        if _score(line.raw, best) < 0 and any(_score(line.raw, name) > 0 for name in _ONE_BYTE):
            raise TableRefused("table.encodings_mixed", row=line.number)
    return best


def _score(raw: bytes, name: str) -> int:
    """How many of the high bytes are letters one expects inside words, less those nobody would write."""
    decoded = raw.decode(name, errors="replace")
    score = 0
    for position, symbol in enumerate(decoded):
        if symbol.isascii():
            continue
        before, after = decoded[max(position - 1, 0) : position], decoded[position + 1 : position + 2]
        if symbol in _LIKELY and any(near.isascii() and near.isalpha() for near in (before, after)):
            # "PÚrez" and "JosÈ" are less likely than "Pérez" and "José".
            inside = before.islower() or (before.isalpha() and after.islower())
            score += 1 if symbol.isupper() and inside else 2
        elif symbol not in _PLAUSIBLE and symbol not in _LIKELY:
            score -= 2
    return score
