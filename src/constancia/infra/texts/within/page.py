"""Web pages: the article with its lists and tables, without menus, scripts and styles.

What is the article is trafilatura's judgement (Barbaresi 2021, ACL demo 15); where it finds none, or
leaves out most of a short page, everything written in the page is taken and a note says so.
"""

from __future__ import annotations

import codecs
import re

import lxml.html
import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document

from constancia.domain.errors import TextRefused
from constancia.infra.encoding import TEXT_ENCODINGS
from constancia.infra.texts.within.plain import decoded
from constancia.infra.texts.within.raw import Raw, day, declared

_CHARSET = re.compile(rb"""<meta[^>]{1,200}charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_SENT = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)
_PROLOG = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_UNSEEN = (
    "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head", "select", "textarea",
    "button", "nav", "audio", "video", "canvas",
)  # fmt: skip
_LINES = frozenset(
    "p div section article main aside header footer h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr caption thead"
    " tbody blockquote pre hr br figure figcaption form fieldset address details summary head list item row"
    " quote lb code body".split()
)
_CELLS = frozenset({"td", "th", "cell"})
_DATES = {"extensive_search": False, "original_date": True, "min_date": "1950-01-01", "max_date": "2199-12-31"}
"""Only what the page declares, and no clock: the same page gives the same date."""


def read(data: bytes, media: str) -> Raw:
    """Raises TextRefused `texts.encoding`, `texts.broken`, `texts.empty`."""
    html, notes = _decoded(data, media)
    tree = _tree(html)
    language = declared(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
    found = _article(html)
    text = written(found.body) if found else ""
    whole = written(_seen(tree))
    if not text.strip() or (len(whole) < 20_000 and len(text) * 4 < len(whole)):
        text, notes = whole, [*notes, "texts.whole_page"]
    if not text.strip():
        raise TextRefused("texts.empty")
    if not found:
        return Raw(text, title=tree.findtext(".//title"), language=language, notes=tuple(notes))
    return Raw(
        text,
        title=found.title,
        publisher=found.sitename,
        language=language,
        published=day(found.date),
        address=found.url if (found.url or "").startswith(("http://", "https://")) else "",
        notes=tuple(notes),
    )


def written(body: etree._Element) -> str:
    """What stands in the elements: a line per block, a tab before each cell."""
    parts: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        kind = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            parts.append("\n" if kind in _LINES else "\t" if kind in _CELLS else "")
            parts.append(_flowing(element.text))
        else:
            parts.append("\n" if kind in _LINES else "")
            if element is not body:
                parts.append(_flowing(element.tail))
    lines = (line.strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _flowing(text: str | None) -> str:
    """Line ends and tabs in the source of a page mean a blank."""
    return re.sub(r"[ \t\r\n\f]+", " ", text) if text else ""


def _article(html: str) -> Document | None:
    try:
        found = trafilatura.bare_extraction(
            html,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            include_images=False,
            include_links=False,
            include_formatting=False,
            deduplicate=False,
            with_metadata=True,
            date_extraction_params=dict(_DATES),
        )
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return None
    return found if isinstance(found, Document) else None


def _tree(html: str) -> HtmlElement:
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree: HtmlElement | None = lxml.html.document_fromstring(html, parser=parser)
    except etree.ParserError:
        raise TextRefused("texts.empty") from None
    if tree is None:
        raise TextRefused("texts.empty")
    return tree


def _seen(tree: HtmlElement) -> HtmlElement:
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    return tree


def _decoded(data: bytes, media: str) -> tuple[str, list[str]]:
    """As the sender, then the page declares; else as a plain text is read."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        sent = _SENT.search(media)
        inside = _CHARSET.search(data[:4096])
        for name in (sent.group(1) if sent else "", inside.group(1).decode("ascii", "ignore") if inside else ""):
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
