"""The cover, and what runs along every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.section import Section

from constancia.apps.publishing.outputs.docx.boxes import key_numbers
from constancia.apps.publishing.outputs.docx.elements import (
    Element,
    Look,
    element,
    field,
    paragraph,
    run,
    tab,
)
from constancia.apps.publishing.outputs.docx.runs import Runs
from constancia.apps.publishing.outputs.labels import Labels
from constancia.domain.publishing.blocks import Document

_DRAFT = Look("DraftWord")


def cover(document: Document, labels: Labels, runs: Runs, width: int) -> Iterator[Element]:
    """Who, what, of which day, and the numbers that matter."""
    if document.draft:
        yield paragraph("DraftMark", [run(labels["draft_line"])])
    stop = element("w:tab", {"w:val": "right", "w:pos": width})
    names = [run(document.organisation), tab(), run(labels.edition(document.number))]
    yield paragraph("Organisation", names, element("w:tabs", None, stop))
    yield paragraph("Title", [run(document.title)])
    if document.subtitle:
        yield paragraph("Subtitle", [run(document.subtitle)])
    yield paragraph("Dates", [run(document.dates)])
    if document.cover:
        yield from key_numbers(document.cover, runs.elements, width)
        yield paragraph("Spacer", [])


def on_new_page(body: Sequence[Element]) -> Iterator[Element]:
    """The body, its first paragraph at the top of a page of its own."""
    top = body[0] if body and body[0].tag == qn("w:p") else paragraph("Spacer", [])
    top[0][0].addnext(element("w:pageBreakBefore"))
    if body and top is body[0]:
        top[0].append(element("w:spacing", {"w:before": 0}))
    else:
        yield top
    yield from body


def running(word: WordDocument, document: Document, labels: Labels, width: int) -> None:
    """Head and foot of the pages; the cover has no head, and every page says its dates and its number."""
    section = word.sections[0]
    section.different_first_page_header_footer = True
    stop = element("w:tab", {"w:val": "right", "w:pos": width})
    head = [run(document.organisation), run(" · "), run(document.title)]
    head += [tab(), run(labels["draft"], _DRAFT) if document.draft else run(labels.edition(document.number))]
    _fill(section.header._element, paragraph("Header", head, element("w:tabs", None, stop)))
    _fill(section.first_page_header._element, paragraph("Footer", []))
    for footer in (section.footer, section.first_page_footer):
        stop = element("w:tab", {"w:val": "right", "w:pos": width})
        foot = [run(document.dates), tab(), *_page(labels)]
        _fill(footer._element, paragraph("Footer", foot, element("w:tabs", None, stop)))


def _page(labels: Labels) -> Iterator[Element]:
    """ "Page 3 of 12", both as fields."""
    words = labels["page"]
    fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
    cuts = sorted((words.find(blank), blank) for blank in fields if blank in words)
    places = [0, *(at for at, _ in cuts), len(words)]
    for (start, end), blank in zip(pairwise(places), ("", *(blank for _, blank in cuts)), strict=True):
        if blank:
            yield from field(fields[blank], [run("1")])
        yield run(words[start + len(blank) : end])


def _fill(container: Element, only: Element) -> None:
    """Puts one paragraph into a header or a footer, in the place of what stands there."""
    for old in container.findall(qn("w:p")):
        container.remove(old)
    container.append(only)


def text_width(section: Section) -> int:
    """Twips between the margins."""
    width, left, right = section.page_width, section.left_margin, section.right_margin
    return int(((width or 0) - (left or 0) - (right or 0)) / 635)
