"""Blocks as paragraphs and tables, in the order of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from constancia.apps.publishing.outputs.docx.boxes import box, key_numbers
from constancia.apps.publishing.outputs.docx.contents import Entry
from constancia.apps.publishing.outputs.docx.elements import (
    Element,
    Look,
    bookmark,
    element,
    field,
    paragraph,
    run,
)
from constancia.apps.publishing.outputs.docx.pictures import Pictures
from constancia.apps.publishing.outputs.docx.runs import Runs
from constancia.apps.publishing.outputs.docx.tables import table
from constancia.apps.publishing.outputs.labels import Labels
from constancia.apps.publishing.outputs.spoken import plain
from constancia.domain.publishing.blocks import (
    Aside,
    Block,
    Bullets,
    DataTable,
    Heading,
    KeyNumbers,
    Paragraph,
    Picture,
    Quote,
    Run,
)

_DEEPEST_LIST = 3
_INDENT = 357


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand: the style of their paragraphs, how deep in lists, and the twips there are."""

    style: str
    width: int
    depth: int = 0

    @property
    def look(self) -> Look:
        return Look(base_italic=self.style == "Quote")


class Flow:
    """Writes blocks, and counts figures, tables and headings as it goes."""

    def __init__(
        self, word: WordDocument, runs: Runs, pictures: Pictures, labels: Labels, bookmarks: Iterator[int]
    ) -> None:
        self.runs = runs
        self.headings: list[Entry] = []
        self.behind: list[tuple[int, DataTable]] = []
        self._word = word
        self._pictures = pictures
        self._labels = labels
        self._bookmarks = bookmarks
        self._counted = {"figure": 0, "table": 0}

    def blocks(self, blocks: Sequence[Block], place: Place) -> Iterator[Element]:
        """Raises IntegrityBroken for a chart missing or broken, InputRefused for a note that there is not."""
        for block in blocks:
            yield from self._block(block, place)

    def caption(self, kind: str, runs: Sequence[Run]) -> Element:
        """ "Figure 3." with the number as a field, then the words."""
        self._counted[kind] += 1
        label = self._labels[kind]
        number = str(self._counted[kind])
        look = Look("CaptionLabel")
        sequence = "".join(letter for letter in label if letter.isalnum()) or kind
        content = [run(f"{label} ", look)]
        content += field(rf"SEQ {sequence} \* ARABIC", [run(number, look)], look)
        content += [run(". ", look), *self.runs.elements(runs)]
        return paragraph("Caption", content)

    def table(self, data: DataTable, caption: Element, width: int) -> Iterator[Element]:
        """The caption, the table, its notes."""
        yield caption
        yield table(data, self.runs.elements, width)
        for note in data.notes:
            yield paragraph("TableNote", self.runs.elements(note))
        yield spacer()

    def _block(self, block: Block, place: Place) -> Iterator[Element]:
        match block:
            case Heading():
                yield self._heading(block, place)
            case Paragraph():
                lead = block.lead and place.style == "BodyText"
                yield paragraph("Lead" if lead else place.style, self.runs.elements(block.runs, place.look))
            case Quote():
                yield from self.blocks(block.blocks, replace(place, style="Quote"))
            case Bullets():
                yield from self._bullets(block, place)
            case DataTable():
                yield from self.table(block, self.caption("table", block.caption), place.width)
            case Picture():
                yield from self._picture(block, place)
            case KeyNumbers():
                yield from key_numbers(block.items, self.runs.elements, place.width)
                yield spacer()
            case Aside():
                yield self._aside(block, place)
                yield spacer()

    def _heading(self, block: Heading, place: Place) -> Element:
        """No deeper than one below the heading before it. In a box, a list or a quotation it is bold text:
        the outline is that of the report."""
        if place.style != "BodyText":
            return paragraph(place.style, self.runs.elements(block.runs, Look(bold=True)))
        name = f"_Toc{len(self.headings) + 1:06}"
        level = min(block.level, self.headings[-1][0] + 1 if self.headings else 1)
        self.headings.append((level, plain(block.runs), name))
        content = bookmark(name, next(self._bookmarks), self.runs.elements(block.runs))
        return paragraph(f"Heading{level}", content)

    def _picture(self, block: Picture, place: Place) -> Iterator[Element]:
        yield self.caption("figure", block.title)
        keep = [element("w:keepNext")] if block.notes else []
        yield paragraph("Figure", [self._pictures.inline(block, place.width)], *keep)
        for note in block.notes:
            yield paragraph("TableNote", self.runs.elements(note))
        yield spacer()
        if block.data is not None:
            self.behind.append((self._counted["figure"], block.data))

    def _aside(self, block: Aside, place: Place) -> Element:
        width = place.width - 454
        inner = list(self.blocks(block.blocks, Place("AsideText", width)))
        title = paragraph("AsideTitle", [run(block.title)])
        return box([title, *inner], "ErratumTable" if block.tone == "erratum" else "BoxTable", place.width)

    def _bullets(self, block: Bullets, place: Place) -> Iterator[Element]:
        depth = min(place.depth + 1, _DEEPEST_LIST)
        suffix = "" if depth == 1 else str(depth)
        boxed = place.style.startswith("Aside")
        style = "AsideList" if boxed else f"{'ListNumber' if block.ordered else 'ListBullet'}{suffix}"
        numbering = self._numbering(block, depth)
        rest = "AsideText" if boxed else f"ListContinue{suffix}"
        inner = replace(place, style=rest, depth=depth, width=place.width - _INDENT * depth)
        for item in block.items:
            for position, part in enumerate(item):
                if position == 0 and isinstance(part, Paragraph):
                    yield paragraph(style, self.runs.elements(part.runs, place.look), numbering())
                else:
                    yield from self._block(part, inner)

    def _numbering(self, block: Bullets, depth: int) -> Callable[[], Element]:
        """What makes a paragraph an item of this list. A numbered list has a definition of its own, with its
        own start: lists that share one count on from each other in some word processors."""
        numbering = self._word.part.numbering_part.element
        number = 1
        if block.ordered:
            model = numbering.xpath("./w:abstractNum[@w:abstractNumId='2']")[0]
            number = max(int(one) for one in numbering.xpath("./w:num/@w:numId")) + 1
            own = deepcopy(model)
            own.set(qn("w:abstractNumId"), str(number))
            own.findall(f"{qn('w:lvl')}/{qn('w:start')}")[depth - 1].set(
                qn("w:val"), str(max(0, block.start))
            )
            numbering.xpath("./w:abstractNum")[-1].addnext(own)
            of = element("w:abstractNumId", {"w:val": number})
            numbering.append(element("w:num", {"w:numId": number}, of))

        def made() -> Element:
            level, of = element("w:ilvl", {"w:val": depth - 1}), element("w:numId", {"w:val": number})
            return element("w:numPr", None, level, of)

        return made


def spacer() -> Element:
    """A low paragraph: two tables without one between them would be one table."""
    return paragraph("Spacer", [])
