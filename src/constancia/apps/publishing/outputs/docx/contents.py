"""The table of contents: a field of the word processor, filled in already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from constancia.apps.publishing.outputs.docx.elements import (
    Attributes,
    Element,
    element,
    field_code,
    field_mark,
    paragraph,
    run,
)
from constancia.apps.publishing.outputs.labels import Labels

Entry = tuple[int, str, str]
"""A heading: its level from 1, its words, the bookmark that it stands in."""

_DEEPEST = 2
_MOST_ON_COVER = 12
"""Longer contents have a page of their own: under the cover's numbers their end would be left over."""


def contents(headings: Sequence[Entry], labels: Labels, width: int) -> Iterator[Element]:
    """A table of contents that is read as it stands; a word processor that updates it adds the pages."""
    entries = [entry for entry in headings if entry[0] <= _DEEPEST]
    if not entries:
        return
    stop: Attributes = {"w:val": "right", "w:leader": "dot", "w:pos": width}
    apart = [element("w:pageBreakBefore")] if len(entries) > _MOST_ON_COVER else []
    made = [paragraph("ContentsHeading", [run(labels["contents"])], *apart)]
    for place, (level, words, name) in enumerate(entries):
        entry = element("w:hyperlink", {"w:anchor": name, "w:history": 1}, run(words))
        before = [field_mark("begin"), field_code(rf'TOC \o "1-{_DEEPEST}" \h \z \u'), field_mark("separate")]
        tabs = element("w:tabs", None, element("w:tab", stop))
        made.append(paragraph(f"TOC{level}", [*(before if place == 0 else []), entry], tabs))
    made[-1].append(field_mark("end"))
    gallery = element("w:docPartGallery", {"w:val": "Table of Contents"})
    part = element("w:docPartObj", None, gallery, element("w:docPartUnique"))
    yield element("w:sdt", None, element("w:sdtPr", None, part), element("w:sdtContent", None, *made))
