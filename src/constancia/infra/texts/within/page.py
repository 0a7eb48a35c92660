"""Web pages: the article with its lists and tables, without menus, scripts and styles.

What is the article is trafilatura's judgement (Barbaresi 2021, ACL demo 15); where it finds none, or
leaves out most of a short page, everything written in the page is taken and a note says so.
"""

from __future__ import annotations

import codecs
import copy
import re
from dataclasses import replace

import lxml.html
import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document

from constancia.domain.errors import TextRefused
from constancia.infra.encoding import TEXT_ENCODINGS
from constancia.infra.texts.within.plain import decoded
from constancia.infra.texts.within.raw import Raw, day, declared

_CHARSET = re.compile(rb"""<meta[^>]{1,200}charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_SENT = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)
_PROLOG = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_HIDDEN = """script style noscript template iframe object svg math head title select textarea button nav audio
video canvas"""
_BLOCKS = """p div section article main aside header footer h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr
caption thead tbody blockquote pre hr br figure figcaption form fieldset address details summary head list
item row quote lb code body"""
_UNSEEN, _LINES = tuple(_HIDDEN.split()), frozenset(_BLOCKS.split())
_NOT_SHOWN = "//body//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')]"
_GIVES_UP = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError)
"""What trafilatura raises on pages that it does not understand."""
_SHORT = 20_000
"""Characters of a page of which the article must be a quarter; a long one has long comments and menus."""
_CELLS = frozenset({"td", "th", "cell"})
_DATES = {
    "extensive_search": False,
    "original_date": True,
    "min_date": "1950-01-01",
    "max_date": "2199-12-31",
}
"""Only what the page declares, and no clock: the same page gives the same date."""


def read(data: bytes, media: str) -> Raw:
    """Raises TextRefused `texts.broken`, `texts.empty`."""
    html, notes = _decoded(data, media)
    tree = _tree(html)
    said = _said(tree)
    # Also in what trafilatura sees: it may take an article's text out of a script.
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    for hidden in tree.xpath(_NOT_SHOWN):
        hidden.drop_tree()
    whole = written(tree)
    if not whole:
        raise TextRefused("texts.empty")
    text = _article(tree)
    if not text or (len(whole) < _SHORT and len(text) * 4 < len(whole)):
        text, notes = whole, [*notes, "texts.whole_page"]
    return replace(said, text=text, notes=tuple(notes))


def read_lines(data: bytes, media: str) -> Raw:
    """Everything written in the page but its menus, rows with all their cells: a reader of articles may leave
    a list out. Raises as `read`."""
    html, notes = _decoded(data, media)
    tree = _tree(html)
    said = _said(tree)
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    for hidden in tree.xpath(_NOT_SHOWN):
        hidden.drop_tree()
    whole = written(tree, rows=True)
    if not whole:
        raise TextRefused("texts.empty")
    return replace(said, text=whole, notes=tuple(notes))


def written(body: etree._Element, *, rows: bool = False) -> str:
    """What stands in the elements: a line per block, a tab before each cell. `rows`: in a row no line ends
    but with the row, and the tabs before it stay."""
    parts: list[str] = []
    cells = 0
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        kind = element.tag if isinstance(element.tag, str) else ""
        if rows and kind in _CELLS:
            cells += 1 if event == "start" else -1
        line = " " if cells > 0 else "\n"
        if event == "start":
            parts.append(line if kind in _LINES else "\t" if kind in _CELLS else "")
            parts.append(_flowing(element.text))
        else:
            parts.append(line if kind in _LINES else "")
            if element is not body:
                parts.append(_flowing(element.tail))
    lines = (line.strip(" ") if rows else line.strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _flowing(text: str | None) -> str:
    """Line ends and tabs in the source of a page mean a blank."""
    return re.sub(r"[ \t\r\n\f]+", " ", text) if text else ""


def _said(tree: HtmlElement) -> Raw:
    """What the page says of itself, in its head and its data for search engines."""
    language = declared(tree.get("lang") or tree.get("xml:lang"))
    try:
        said = extract_metadata(copy.deepcopy(tree), date_config=dict(_DATES))
    except _GIVES_UP:
        return Raw("", title=tree.findtext(".//title"), language=language)
    address = said.url or ""
    return Raw(
        "",
        title=said.title,
        publisher=said.sitename,
        language=language,
        published=day(said.date),
        address=address if address.startswith(("http://", "https://")) else "",
    )


def _article(tree: HtmlElement) -> str:
    try:
        found = trafilatura.bare_extraction(
            tree,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            include_images=False,
            include_links=False,
            include_formatting=False,
            deduplicate=False,
            with_metadata=False,
        )
    except _GIVES_UP:
        return ""
    return written(found.body) if isinstance(found, Document) else ""


def _tree(html: str) -> HtmlElement:
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree: HtmlElement | None = lxml.html.document_fromstring(html, parser=parser)
    except etree.ParserError:
        raise TextRefused("texts.empty") from None
    if tree is None:
        raise TextRefused("texts.empty")
    if any("Excessive depth" in problem.message for problem in parser.error_log):
        # What stands deeper has been dropped.
        raise TextRefused("texts.broken")
    return tree


def _decoded(data: bytes, media: str) -> tuple[str, list[str]]:
    """As the sender, then the page declares; else as a plain text is read."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        sent = _SENT.search(media)
        inside = _CHARSET.search(data[:4096])
        for name in (
            sent.group(1) if sent else "",
            inside.group(1).decode("ascii", "ignore") if inside else "",
        ):
            if codec := _codec(name):
                try:
                    return _PROLOG.sub("", data.decode(codec)), []
                except UnicodeDecodeError:
                    continue
    try:
        return _PROLOG.sub("", decoded(data)), []
    except TextRefused as refused:
        if refused.code != "texts.encoding":
            raise
    # Pages are put together from parts of several hands; a lost letter is better than a lost page.
    return _PROLOG.sub("", data.decode("utf-8", errors="replace")), ["texts.characters_lost"]


def _codec(name: str) -> str:
    """Browsers read what calls itself Latin-1 or ASCII as Windows-1252."""
    try:
        found = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    if found in ("iso8859-1", "ascii"):
        return "cp1252"
    return found if found in TEXT_ENCODINGS else ""
