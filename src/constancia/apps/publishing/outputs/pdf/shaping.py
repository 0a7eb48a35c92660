"""A document in the form that the Typst template is given: nothing but dictionaries, lists and plain values.

Decided here and not in the template: in which column a cell stands, which call of a note is its first, which
addresses are printed beside their words, that levels of headings follow each other without a gap (PDF/UA).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from constancia.apps.publishing.outputs.labels import Labels, known
from constancia.apps.publishing.outputs.pdf.letters import LONGEST_IN_A_CELL, LONGEST_WORD, Letters, letters
from constancia.apps.publishing.outputs.pdf.links import clickable, printed
from constancia.apps.publishing.outputs.pdf.plain import plain
from constancia.apps.publishing.outputs.pdf.tables import Runs, table
from constancia.domain.errors import InputRefused
from constancia.domain.publishing.blocks import (
    Aside,
    Block,
    Break,
    Bullets,
    DataTable,
    Document,
    Emphasis,
    Heading,
    KeyNumber,
    KeyNumbers,
    Link,
    NoteMark,
    Number,
    Paragraph,
    Picture,
    Quote,
    Strong,
    Text,
)

Shape = dict[str, Any]


def shaped(document: Document, svgs: Mapping[str, str]) -> Shape:
    """What report.typ reads. `svgs`: by chart. Raises InputRefused `typeset.note_missing`."""
    return _Shaper(document, svgs, letters([*_texts(document), *svgs.values()])).document_shape()


def _texts(part: object) -> list[str]:
    """Every string in the document, whatever it is."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, dict):
        return [text for value in part.values() for text in _texts(value)]
    if isinstance(part, tuple):
        return [text for value in part for text in _texts(value)]
    if is_dataclass(part):
        return [text for one in fields(part) for text in _texts(getattr(part, one.name))]
    return []


@dataclass(frozen=True, slots=True)
class _Place:
    """Where runs stand. `short`: only short addresses are printed beside the words of a link; `marks`: notes
    may be called; `longest`: how many characters of a word are kept together."""

    short: bool = True
    marks: bool = True
    longest: int = LONGEST_WORD


_TEXT = _Place()
_BARE = _Place(marks=False)
_NOTE = _Place(short=False, marks=False)
_IMPRINT = _Place(short=False)
_CELL = _Place(longest=LONGEST_IN_A_CELL)


@dataclass(slots=True)
class _Shaper:
    document: Document
    svgs: Mapping[str, str]
    letters: Letters
    level: int = 0
    called: set[int] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)
    heading_notes: dict[str, list[Shape]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    figures: int = 0
    tables: int = 0
    data: list[tuple[int, DataTable]] = field(default_factory=list)

    def document_shape(self) -> Shape:
        document, letter = self.document, self.letters
        own = Labels(document.language, document.labels)
        labels = self.labels = {name: letter.plain(own[name]) for name in known()}
        blocks = [self.block(block) for block in document.blocks]
        return {
            "language": document.language,
            "title": self.text(document.title),
            "title-length": len(document.title),
            "subtitle": self.text(document.subtitle),
            "organisation": self.text(document.organisation),
            "edition": self.text(own.edition(document.number)),
            "dates": self.text(document.dates),
            "plain-title": letter.plain(document.title).strip() or "—",
            "plain-subtitle": letter.plain(document.subtitle),
            "plain-organisation": letter.plain(document.organisation),
            "draft": document.draft,
            "labels": labels,
            "cover": [self.key_number(one) for one in document.cover],
            "blocks": blocks,
            "data": [self.background(at, one) for at, one in self.data],
            "imprint": [self.runs(part, _IMPRINT) for part in document.imprint],
            "heading-notes": self.heading_notes,
        }

    def text(self, text: str) -> list[Shape]:
        return list(self.letters.pieces(text))

    def runs(self, runs: Runs, place: _Place = _TEXT) -> list[Shape]:
        found: list[Shape] = []
        for run in runs:
            match run:
                case Text():
                    found += self.letters.pieces(run.text, place.longest)
                case Number():
                    found += self.number(run, place)
                case Strong() | Emphasis():
                    kind = "strong" if isinstance(run, Strong) else "emphasis"
                    language = run.language if isinstance(run, Emphasis) else None
                    inner = self.runs(run.runs, place)
                    found.append({"kind": kind, "runs": inner, "language": language})
                case Break():
                    found.append({"kind": "break"})
                case Link():
                    found += self.link(run, place)
                case NoteMark():
                    found += [self.note(run)] if place.marks else []
        return found

    def number(self, number: Number, place: _Place = _TEXT) -> list[Shape]:
        pieces = self.letters.pieces(number.text, place.longest)
        return [piece | {"kind": "number"} if piece["kind"] == "text" else piece for piece in pieces]

    def link(self, link: Link, place: _Place) -> list[Shape]:
        inner = self.runs(link.runs, place)
        address = clickable(link.address)
        if address is None or not inner:
            return inner
        beside = printed(link.address, plain(link.runs), short=place.short)
        beside_pieces = None if beside is None else list(self.letters.address(beside))
        return [{"kind": "link", "address": address, "runs": inner, "printed": beside_pieces}]

    def note(self, mark: NoteMark) -> Shape:
        notes = self.document.notes
        if not 1 <= mark.number <= len(notes):
            raise InputRefused("typeset.note_missing", number=mark.number)
        shape: Shape = {"kind": "note", "number": mark.number, "first": mark.number not in self.called}
        if mark.number not in self.called:
            self.called.add(mark.number)
            shape["runs"] = self.runs(notes[mark.number - 1], _NOTE)
        return shape

    def key_number(self, one: KeyNumber) -> Shape:
        return {"number": self.number(one.number), "label": self.text(one.label), "note": self.text(one.note)}

    def blocks(self, blocks: Sequence[Block]) -> list[Shape]:
        """Blocks inside another one: they keep to its width, and a heading is a line in bold."""
        return [self.block(block, nested=True) for block in blocks]

    def block(self, block: Block, *, nested: bool = False) -> Shape:
        match block:
            case Heading():
                if nested:
                    return {"kind": "paragraph", "lead": False, "runs": self.runs((Strong(block.runs),))}
                return self.heading(block)
            case Paragraph():
                lead = block.lead and not nested
                return {"kind": "paragraph", "lead": lead, "runs": self.runs(block.runs)}
            case Quote():
                return {"kind": "quote", "blocks": self.blocks(block.blocks)}
            case Bullets():
                items = [self.blocks(item) for item in block.items]
                return {"kind": "bullets", "ordered": block.ordered, "start": block.start, "items": items}
            case DataTable():
                self.tables += 1
                label = f"{self.labels['table']} {self.tables}"
                return {"kind": "table", "nested": nested, "label": label, **self.table(block)}
            case Picture():
                return self.picture(block, nested)
            case KeyNumbers():
                numbers = [self.key_number(one) for one in block.items]
                return {"kind": "key-numbers", "nested": nested, "items": numbers}
            case Aside():
                inner = self.blocks(block.blocks)
                return {"kind": "aside", "tone": block.tone, "title": self.text(block.title), "blocks": inner}

    def heading(self, heading: Heading) -> Shape:
        self.level = min(heading.level, self.level + 1)
        anchor = f"s-{heading.anchor}"
        while anchor in self.anchors:
            anchor += "-"
        self.anchors.add(anchor)
        notes = [run for run in heading.runs if isinstance(run, NoteMark)]
        if notes:
            self.heading_notes[anchor] = self.runs(notes)
        return {
            "kind": "heading",
            "level": self.level,
            "anchor": anchor,
            "runs": self.runs(heading.runs, _BARE),
        }

    def table(self, one: DataTable) -> Shape:
        return table(one, lambda runs: self.runs(runs, _CELL))

    def picture(self, picture: Picture, nested: bool) -> Shape:
        self.figures += 1
        if picture.data is not None:
            self.data.append((self.figures, picture.data))
        return {
            "kind": "picture",
            "nested": nested,
            "title": self.runs(picture.title),
            "svg": self.letters.drawn(self.svgs[picture.chart]),
            "alt": self.letters.plain(picture.alt or plain(picture.title)).strip() or picture.chart,
            "notes": [self.runs(note) for note in picture.notes],
            "label": f"{self.labels['figure']} {self.figures}",
            "data-at": None if picture.data is None else f"d-{self.figures}",
        }

    def background(self, figure: int, data: DataTable) -> Shape:
        """The table behind a picture, for the annex."""
        label = self.labels["figure_data"].replace("{number}", str(figure))
        return {"anchor": f"d-{figure}", "table": {"label": label, **self.table(data)}}
