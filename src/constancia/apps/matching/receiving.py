"""Reading lists. A stand-in of one name a line until the reader of lists is there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from constancia.domain.errors import InputRefused
from constancia.domain.matching.reading import ListEntry, ReadList, Skipped
from constancia.domain.matching.shapes import Mention
from constancia.domain.names import clean_written, match_key

MOST = 50_000


def read_file(
    data: bytes, name: str, *, columns: Mapping[str, str] | None = None, day: date | None = None
) -> ReadList:
    """The names of a file. Raises InputRefused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRefused("name.damaged") from None
    return read_text(text, day=day)


def read_text(text: str, *, day: date | None = None) -> ReadList:
    """The names of a text, one a line. Raises InputRefused."""
    entries: list[ListEntry] = []
    skipped: list[Skipped] = []
    seen: dict[str, int] = {}
    for line, raw in enumerate(text.splitlines(), start=1):
        try:
            name = clean_written(raw)
        except InputRefused as error:
            skipped.append(Skipped(line, None, "", "", error.code))
            continue
        key = match_key(name)
        if not key:
            if name:
                skipped.append(Skipped(line, None, "", name, "list.no_name"))
            continue
        number = len(entries) + 1
        if number > MOST:
            raise InputRefused("announcement.list_long", limit=MOST)
        entries.append(ListEntry(number, line, None, "", name, Mention(name), repeats=seen.get(key)))
        seen.setdefault(key, number)
    if not entries:
        raise InputRefused("announcement.list_empty")
    return ReadList(tuple(entries), tuple(skipped), (), hashlib.sha256(text.encode()).hexdigest())
