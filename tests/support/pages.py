"""Reading pages of HTML in tests: their links, identifiers, headings, words and numbers."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from lxml import html

DATES = re.compile(
    r"\d{1,2}/\d{1,2}/\d{4}"
    r"|\d{4}-\d{2}-\d{2}(?:T[\d:]+Z?)?"
    r"|\d{1,2}(?: de)? [a-zA-Z]+(?: de)? \d{4}"
    r"|\d{1,2} (?:de )?(?:enero|febrero|marzo|January|February|March)"
    r"|\d{1,2}:\d{2}"
)
NUMERAL = re.compile(r"\d+(?:[.,]\d{3})*")


def parsed(page: bytes) -> html.HtmlElement:
    return html.document_fromstring(page.decode())


def words(page: bytes) -> str:
    """What is read on a page: no scripts and no styles."""
    tree = parsed(page)
    for element in tree.xpath("//script|//style|//title"):
        element.drop_tree()
    for element in tree.iter():
        element.tail = f" {element.tail or ''}"
        if isinstance(element.tag, str):
            element.text = f" {element.text or ''}"
    return " ".join(tree.text_content().split())


def numerals(text: str) -> set[int]:
    """Every number in a text that is no part of a date."""
    return {int(re.sub(r"[.,]", "", found)) for found in NUMERAL.findall(DATES.sub(" ", text))}


def links(path: str, page: bytes) -> Iterator[tuple[str, str]]:
    """(path in the site, anchor) of every relative link, picture and style of the page at `path`."""
    tree = parsed(page)
    found = [*tree.xpath("//@href"), *tree.xpath("//@src"), *tree.xpath("//@srcset")]
    for link in found:
        parts = urlsplit(str(link))
        if parts.scheme in ("http", "https", "mailto", "data"):
            continue
        where = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
        yield (where if parts.path else path), parts.fragment


def dead(files: Mapping[str, bytes]) -> list[str]:
    """Links of a site that lead nowhere, absolute ones and anchors that are not there included."""
    faults = []
    known = {
        path: set(map(str, parsed(page).xpath("//@id")))
        for path, page in files.items()
        if path.endswith(".html")
    }
    for path in known:
        for where, anchor in links(path, files[path]):
            if where not in files:
                faults.append(f"{path}: {where}")
            elif anchor and anchor not in known.get(where, ()):
                faults.append(f"{path}: {where}#{anchor}")
    return faults
