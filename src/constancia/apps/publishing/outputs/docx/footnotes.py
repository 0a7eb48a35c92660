"""Real footnotes. python-docx has none: the part, its relationship and its two separators are made here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from constancia.apps.publishing.outputs.docx.elements import (
    Element,
    Look,
    bookmark,
    element,
    field,
    paragraph,
    run,
    tab,
)
from constancia.domain.errors import InputRefused
from constancia.domain.publishing.blocks import Run

_RAISED = Look("FootnoteReference")

WriteRuns = Callable[[Sequence[Run]], Iterator[Element]]


class Footnotes:
    """The notes of a document, written where they are first called.

    Word numbers footnotes as they come. Where a document calls them in another order, each mark is fixed to
    its number, so that note 3 is note 3. A note that is called again is referred to, not repeated.
    """

    def __init__(self, word: WordDocument, notes: Sequence[Sequence[Run]], bookmarks: Iterator[int]) -> None:
        root = element(
            "w:footnotes", None, _separator(-1, "separator"), _separator(0, "continuationSeparator")
        )
        name = PackURI("/word/footnotes.xml")
        self.part = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, root, word.part.package)
        word.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._notes = notes
        self._bookmarks = bookmarks
        self._called: dict[int, tuple[Element, Element]] = {}

    def call(self, number: int, write: WriteRuns) -> Iterator[Element]:
        """The mark of a note, which is written by `write` at its first call.

        Raises InputRefused `publishing.note_missing` where there is no such note.
        """
        if not 1 <= number <= len(self._notes):
            raise InputRefused("publishing.note_missing", number=number)
        if number in self._called:
            yield from field(rf"NOTEREF _Note{number} \f \h", [run(str(number), _RAISED)], _RAISED)
            return
        mark = element(
            "w:r", None, _style("FootnoteReference"), element("w:footnoteReference", {"w:id": number})
        )
        own = element("w:r", None, _style("FootnoteReference"), element("w:footnoteRef"))
        self._called[number] = (mark, own)
        body = paragraph("FootnoteText", [own, tab(), *write(self._notes[number - 1])])
        self.part.element.append(element("w:footnote", {"w:id": number}, body))
        yield from bookmark(f"_Note{number}", next(self._bookmarks), [mark])

    def finish(self) -> list[int]:
        """Fixes the marks where the order asks for it; the numbers of notes that nothing calls."""
        order = list(self._called)
        if order != list(range(1, len(order) + 1)):
            for number, (mark, own) in self._called.items():
                mark[-1].set(qn("w:customMarkFollows"), "1")
                mark.append(run(str(number))[-1])
                own.replace(own[-1], run(str(number))[-1])
        return [number for number in range(1, len(self._notes) + 1) if number not in self._called]


def _style(name: str) -> Element:
    return element("w:rPr", None, element("w:rStyle", {"w:val": name}))


def _separator(number: int, kind: str) -> Element:
    spacing = element("w:spacing", {"w:after": 0, "w:line": 240, "w:lineRule": "auto"})
    mark = element("w:r", None, element(f"w:{kind}"))
    inner = element("w:p", None, element("w:pPr", None, spacing), mark)
    return element("w:footnote", {"w:type": kind, "w:id": number}, inner)
