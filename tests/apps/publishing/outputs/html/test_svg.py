"""A drawing inside a page: what is drawn stays, what could do more is left behind."""

from __future__ import annotations

import pytest
from lxml import etree

from constancia.apps.publishing.outputs.html.svg import inline
from constancia.domain.errors import IntegrityBroken

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def put(inner: str, *, attributes: str = 'width="10" height="20"') -> str:
    return inline(f"<svg {NS} {attributes}>{inner}</svg>", chart="c", prefix="p_", alt='Un "alt" <x>')


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<foreignObject><b xmlns="http://www.w3.org/1999/xhtml">x</b></foreignObject>',
        "<style>* { fill: url(https://a.example) }</style>",
        '<image href="https://a.example/x.png"/>',
        '<a href="https://a.example"><text>x</text></a>',
        '<animate attributeName="href" to="javascript:x"/>',
        '<b xmlns="http://www.w3.org/1999/xhtml">x</b>',
        "<!-- comment --><?php x ?>",
    ],
)
def test_what_could_run_or_load_is_left_behind_whole(inner: str) -> None:
    assert put(inner) == put("")


@pytest.mark.parametrize(
    "attribute",
    [
        'onclick="x"',
        'fill="url(https://a.example/#x)"',
        'fill="URL( https://a.example )"',
        'style="background: url(x)"',
        'href="https://a.example"',
        'xlink:href="javascript:x"',
        'data-x="y"',
    ],
)
def test_an_attribute_that_points_outside_or_is_unknown_is_left_behind(attribute: str) -> None:
    assert put(f"<rect {attribute}/>") == put("<rect/>")


def test_a_style_becomes_attributes() -> None:
    made = put('<rect style="fill: red; mix-blend-mode: x; stroke:url(#g)"/>')
    assert '<rect fill="red" stroke="url(#p_g)"></rect>' in made


def test_identifiers_and_what_points_at_them_get_a_prefix() -> None:
    made = put('<g id="a" clip-path="url(#b)"/><use xlink:href="#a"/>')
    assert '<g id="p_a" clip-path="url(#p_b)"></g><use href="#p_a"></use>' in made


def test_a_drawing_is_one_picture_with_its_words() -> None:
    made = etree.fromstring(put("<title>t</title><desc>d</desc><text>a &lt; b</text>"))
    assert made.get("role") == "img"
    assert made.get("aria-label") == 'Un "alt" <x>'
    assert made.get("viewBox") == "0 0 10 20"
    assert "".join(made.itertext()) == "a < b"


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "<svg",
        "<p>x</p>",
        "<svg/>",
        f"<svg {NS}/>",
        "\ud800",
        f'<!DOCTYPE svg [<!ENTITY a "b">]><svg {NS} width="1" height="1">&nothere;</svg>',
        f'<?xml version="1.0" encoding="utf-16"?><svg {NS} width="1" height="1"/>',
    ],
)
def test_what_is_no_drawing_is_refused(svg: str) -> None:
    with pytest.raises(IntegrityBroken) as refused:
        inline(svg, chart="c", prefix="", alt="")
    assert refused.value.code == "publishing.picture_broken"


def test_entities_are_not_looked_up() -> None:
    svg = (
        f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        f'<svg {NS} width="1" height="1"><text>a&a;b</text></svg>'
    )
    assert "<text>ab</text>" in inline(svg, chart="c", prefix="", alt="")
