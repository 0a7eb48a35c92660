"""Charts and pictures drawn once in a run: tests that build editions ask for the same ones over and over.

What is asked for again with the same content, or the same drawing, is answered from memory. A test of drawing
itself, or that two drawings come out alike, is marked `drawn_anew` and draws.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from constancia.domain.publishing.canonical import content_bytes

MARK = "drawn_anew"
_MODULE = "constancia.apps.publishing.outputs.charts.svg"
_remembering = True
_patched = False


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    global _remembering
    _remembering = item.get_closest_marker(MARK) is None
    if not _patched and _MODULE in sys.modules:
        _patch()


def _patch() -> None:
    global _patched
    svg: Any = sys.modules[_MODULE]
    drawer: Any = sys.modules["vl_convert"]
    _patched = True
    svg.drawn = _remembered(svg.drawn, lambda content, *terms: (content_bytes(content), *terms))
    drawer.vegalite_to_svg = _remembered(drawer.vegalite_to_svg, json.dumps)
    drawer.svg_to_png = _remembered(drawer.svg_to_png, str)


def _remembered(draw: Callable[..., Any], key: Callable[..., Any]) -> Callable[..., Any]:
    """`draw`, answered from memory where the key of its arguments and its options were asked for before."""
    known: dict[Any, Any] = {}

    def drawn(*given: Any, **options: Any) -> Any:
        if not _remembering:
            return draw(*given, **options)
        asked = (key(*given), json.dumps(options, sort_keys=True))
        if asked not in known:
            known[asked] = draw(*given, **options)
        return known[asked]

    return drawn
