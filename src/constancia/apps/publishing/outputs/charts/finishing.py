"""From Vega's SVG to the one that is published: only what is drawn, with a name and a description.

Everything that is not on the lists below is left out, so that no script, style, address, identifier or
generated class is in it, and the same drawing has the same bytes.
"""

from __future__ import annotations

import re

from lxml import etree

from constancia.apps.publishing.outputs.charts.house import GREY, HATCHED, PAPER, VEILED
from constancia.apps.publishing.outputs.charts.measure import Face, width_of
from constancia.domain.publishing.charts.printing import clean

_NAMESPACE = "http://www.w3.org/2000/svg"
_ELEMENTS = frozenset({"g", "path", "line", "rect", "text"})
_ATTRIBUTES = frozenset(
    {
        "d", "transform", "x", "y", "x2", "y2", "width", "height", "fill", "fill-opacity", "stroke",
        "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-miterlimit", "opacity", "text-anchor",
        "font-family", "font-size", "font-weight",
    }
)  # fmt: skip
_COORDINATES = frozenset({"d", "transform", "x", "y", "x2", "y2", "width", "height"})
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_SHORT = 2
"""Fewer letters than this have room to spare: "573" at the edge of a chart has none in a wider font."""
_BOLD = frozenset({"600", "700", "bold"})
_NO_MOVE = frozenset({"translate(0,0)", "translate(0, 0)"})
_STRIPES = {HATCHED: (PAPER, GREY, 1.6), VEILED: ("none", PAPER, 1.8)}
"""Per stand-in colour: the ground, the colour of the stripes and their width."""


def finished(svg: str, *, title: str, description: str, ident: str) -> str:
    """The SVG with `title` and `description` for screen readers; identifiers begin with `ident`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    drawn = etree.fromstring(svg.encode(), parser)
    root = etree.Element(f"{{{_NAMESPACE}}}svg", nsmap={None: _NAMESPACE})
    for name in ("width", "height", "viewBox"):
        root.set(name, str(drawn.get(name)))
    root.set("role", "img")
    root.set("aria-labelledby", f"{ident}-title {ident}-desc")
    for name, text in (("title", title), ("desc", description)):
        part = etree.SubElement(root, f"{{{_NAMESPACE}}}{name}")
        part.set("id", f"{ident}-{name}")
        part.text = clean(text)
    body = [kept for child in drawn for kept in _kept(child, ident)]
    stripes = [stand_in for stand_in in _STRIPES if _uses(body, _fill(stand_in, ident))]
    if stripes:
        defs = etree.SubElement(root, f"{{{_NAMESPACE}}}defs")
        for stand_in in stripes:
            defs.append(_pattern(stand_in, ident))
    root.extend(body)
    return str(etree.tostring(root, encoding="unicode")) + "\n"


def _kept(element: etree._Element, ident: str) -> list[etree._Element]:
    """The element with what of it is drawn; groups that say nothing give way to what is in them."""
    if not isinstance(element.tag, str):
        return []
    name = etree.QName(element).localname
    if name not in _ELEMENTS or element.get("display") == "none" or element.get("class") == "background":
        return []
    children = [kept for child in element for kept in _kept(child, ident)]
    attributes = {
        str(key): _fill(str(value), ident) if key == "fill" else _rounded(str(key), str(value))
        for key, value in sorted(element.attrib.items())
        if key in _ATTRIBUTES and value not in _NO_MOVE
    }
    if name == "g" and (not children or not attributes):
        return children
    copy = etree.Element(f"{{{_NAMESPACE}}}{name}", attributes)
    if name == "text":
        copy.text = element.text
        _keep_to_its_width(copy)
    copy.extend(children)
    return [copy]


def _keep_to_its_width(text: etree._Element) -> None:
    """Whatever font stands in for ours on the reader's machine, words take the room they were given here."""
    words = text.text or ""
    size = text.get("font-size", "").removesuffix("px")
    if len(words) < _SHORT or not size:
        return
    face: Face = "sans-bold" if text.get("font-weight") in _BOLD else "sans"
    text.set("textLength", f"{width_of(words, float(size), face=face):.1f}")
    text.set("lengthAdjust", "spacingAndGlyphs")


def _rounded(key: str, value: str) -> str:
    """Coordinates to a hundredth of a pixel."""
    if key not in _COORDINATES:
        return value
    return _LONG.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value)


def _fill(value: str, ident: str) -> str:
    return f"url(#{ident}-{'hatch' if value == HATCHED else 'veil'})" if value in _STRIPES else value


def _uses(body: list[etree._Element], fill: str) -> bool:
    return any(part.get("fill") == fill for top in body for part in top.iter())


def _pattern(stand_in: str, ident: str) -> etree._Element:
    ground, colour, width = _STRIPES[stand_in]
    pattern = etree.Element(
        f"{{{_NAMESPACE}}}pattern",
        {
            "id": _fill(stand_in, ident)[5:-1],
            "width": "5",
            "height": "5",
            "patternUnits": "userSpaceOnUse",
            "patternTransform": "rotate(45)",
        },
    )
    if ground != "none":
        etree.SubElement(pattern, f"{{{_NAMESPACE}}}rect", {"width": "5", "height": "5", "fill": ground})
    stripe = {"width": str(width), "height": "5", "fill": colour}
    etree.SubElement(pattern, f"{{{_NAMESPACE}}}rect", stripe)
    return pattern
