"""DOCX: paragraphs and tables in their order, as the accepted text reads; footnotes at the end."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar
from xml.parsers import expat

from constancia.domain.errors import TableRefused, TextRefused
from constancia.infra.archive import check_archive, chunks
from constancia.infra.texts.limits import MAX_CHARACTERS, MAX_INFLATED
from constancia.infra.texts.within.raw import Raw, day, declared

_REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "table.bomb": "texts.bomb",
        "table.entities": "texts.entities",
        "table.encrypted": "texts.encrypted",
        "table.broken": "texts.broken",
    }
)
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "pPrChange", "rPrChange"})
_MAX_DEPTH = 500
_H = TypeVar("_H", bound="_Handler")


def read(data: bytes, media: str) -> Raw:
    """Raises TextRefused `texts.bomb`, `texts.entities`, `texts.encrypted`, `texts.broken`,
    `texts.too_long`."""
    try:
        members = check_archive(data)
        body = _parse(data, "word/document.xml", _Body())
        texts = ["".join(body.parts)]
        for notes in ("word/footnotes.xml", "word/endnotes.xml"):
            if notes in members:
                texts.append("".join(_parse(data, notes, _Body()).parts))
        core = _parse(data, "docProps/core.xml", _Fields()).found if "docProps/core.xml" in members else {}
        app = _parse(data, "docProps/app.xml", _Fields()).found if "docProps/app.xml" in members else {}
    except TableRefused as refused:
        raise TextRefused(_REFUSALS.get(refused.code, "texts.broken")) from None
    return Raw(
        "\n".join(texts),
        title=core.get("title"),
        publisher=app.get("Company"),
        language=declared(core.get("language")),
        published=day(core.get("created")),
    )


class _Handler:
    def start(self, tag: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, tag: str) -> None:
        raise NotImplementedError

    def data(self, piece: str) -> None:
        raise NotImplementedError


class _Body(_Handler):
    """Collects the text of `w:t`; a line ends with its paragraph, or with its row inside a table."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.depth = self.skipping = self.cells = 0
        self.inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise TextRefused("texts.broken")
        name = tag.rpartition(":")[2]
        if self.skipping or name in _SKIPPED:
            self.skipping += 1
            return
        if name == "tc":
            self.cells += 1
        self.inside = name == "t"
        if name in ("tab", "ptab"):
            self.data_of_ours("\t" if not self.cells else " ")
        elif name in ("br", "cr"):
            self.data_of_ours("\n" if not self.cells else " ")
        elif name == "noBreakHyphen":
            self.data_of_ours("-")

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.skipping:
            self.skipping -= 1
            return
        name = tag.rpartition(":")[2]
        self.inside = False
        if name == "tc":
            self.cells -= 1
            self.data_of_ours("\t" if not self.cells else " ")
        elif name == "p":
            self.data_of_ours(" " if self.cells else "\n")
        elif name == "tr" and not self.cells:
            self.data_of_ours("\n")

    def data(self, piece: str) -> None:
        if self.inside and not self.skipping:
            self.data_of_ours(piece.replace("\n", " "))

    def data_of_ours(self, piece: str) -> None:
        self.size += len(piece)
        if self.size > 2 * MAX_CHARACTERS:
            raise TextRefused("texts.too_long", limit=MAX_CHARACTERS)
        self.parts.append(piece)


class _Fields(_Handler):
    """The text of each element, by its name without prefix; of like names the first."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.name = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.name = tag.rpartition(":")[2]

    def end(self, tag: str) -> None:
        self.name = ""

    def data(self, piece: str) -> None:
        if self.name and len(self.found) < 100:
            self.found[self.name] = (self.found.get(self.name, "") + piece)[:4_000]


def _parse(data: bytes, member: str, handler: _H) -> _H:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.data
    spent = 0
    try:
        for piece in chunks(data, member):
            spent += len(piece)
            if spent > MAX_INFLATED:
                raise TextRefused("texts.bomb")
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, zlib.error, ValueError, UnicodeError):
        raise TextRefused("texts.broken") from None
    return handler
