"""A chart's SVG made fit to stand inside a page, beside others, under a strict content policy.

What is drawn is let through by name; whatever could run, load or style something else is left behind:
scripts, handlers, foreign objects, style elements, links out of the drawing. Style attributes become
presentation attributes, and identifiers get a prefix so that two charts cannot meddle with each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from lxml import etree

from constancia.apps.publishing.outputs.characters import printable
from constancia.domain.errors import IntegrityBroken

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}"
_ELEMENTS = frozenset(
    """
    svg g path rect circle ellipse line polyline polygon text tspan defs clipPath mask marker pattern
    linearGradient radialGradient stop symbol use title desc
    """.split()  # noqa: SIM905
)
_PRESENTATION = frozenset(
    """
    fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit opacity font-family font-size font-weight
    font-style font-variant letter-spacing text-anchor text-decoration dominant-baseline alignment-baseline
    baseline-shift clip-path clip-rule mask stop-color stop-opacity visibility display paint-order
    marker-start marker-mid marker-end shape-rendering vector-effect writing-mode direction
    """.split()  # noqa: SIM905
)
_GEOMETRY = frozenset(
    """
    d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points transform viewBox preserveAspectRatio
    offset gradientUnits gradientTransform patternUnits patternTransform patternContentUnits
    clipPathUnits maskUnits markerWidth markerHeight markerUnits orient refX refY spreadMethod rotate
    textLength lengthAdjust id class role aria-hidden
    """.split()  # noqa: SIM905
)
_INNER = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)['\"]?\s*\)")
_LENGTH = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(?:px)?\s*")


def inline(svg: str, *, chart: str, prefix: str, alt: str) -> str:
    """The drawing as markup: a picture that is called `alt`, its identifiers starting with `prefix`.

    Raises IntegrityBroken `publishing.picture_broken` where `svg` is no SVG.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(svg.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError, ValueError):
        raise IntegrityBroken("publishing.picture_broken", chart=chart) from None
    size = _size(root)
    if root.tag != f"{{{_SVG}}}svg" or size is None:
        raise IntegrityBroken("publishing.picture_broken", chart=chart)
    attributes = {
        key: value for key, value in _attributes(root, prefix) if key not in {"role", "id", "class"}
    }
    attributes |= size
    attributes |= {"xmlns": _SVG, "role": "img", "aria-label": printable(alt), "focusable": "false"}
    inner = "".join(_content(root, prefix, without=("title", "desc")))
    return f"<svg{_written(attributes)}>{inner}</svg>"


def _size(root: etree._Element) -> dict[str, str] | None:
    """The box, the width and the height of a drawing; None where it says none of them."""
    box = (root.get("viewBox") or "").replace(",", " ").split()
    lengths = [_LENGTH.fullmatch(root.get(name) or "") for name in ("width", "height")]
    if len(box) == 4:
        width, height = box[2], box[3]
    elif lengths[0] and lengths[1]:
        width, height = lengths[0][1], lengths[1][1]
        box = ["0", "0", width, height]
    else:
        return None
    return {"viewBox": " ".join(box), "width": width, "height": height}


def _content(element: etree._Element, prefix: str, without: tuple[str, ...] = ()) -> Iterator[str]:
    """The markup inside an element, texts escaped; elements that are not drawn are left out whole."""
    yield escape(printable(element.text or ""))
    for child in element:
        name = etree.QName(child) if isinstance(child.tag, str) else None
        if name is not None and name.namespace == _SVG and name.localname in _ELEMENTS - set(without):
            attributes = dict(_attributes(child, prefix))
            inner = "".join(_content(child, prefix))
            yield f"<{name.localname}{_written(attributes)}>{inner}</{name.localname}>"
        yield escape(printable(child.tail or ""))


def _attributes(element: etree._Element, prefix: str) -> Iterator[tuple[str, str]]:
    """What of an element's attributes may stand, with the declarations of its style among them."""
    for key, value in element.attrib.items():
        key, value = str(key), str(value)
        if key in {"href", f"{_XLINK}href"}:
            if value.startswith("#"):
                yield "href", f"#{prefix}{value[1:]}"
        elif key == "style":
            for declaration in value.split(";"):
                name, _, said = declaration.partition(":")
                if name.strip() in _PRESENTATION and _harmless(said):
                    yield name.strip(), _inside(said.strip(), prefix)
        elif key == "id":
            yield "id", f"{prefix}{value}"
        elif (key in _PRESENTATION or key in _GEOMETRY) and _harmless(value):
            yield key, _inside(value, prefix)


def _harmless(value: str) -> bool:
    """Whether a value points nowhere but into the drawing."""
    return "url(" not in _INNER.sub("", value).lower()


def _inside(value: str, prefix: str) -> str:
    return _INNER.sub(lambda found: f"url(#{prefix}{found[1]})", value)


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {key}="{escape(printable(value))}"' for key, value in attributes.items())
