"""The picture card: within the limits of the platforms, legible, hostile text as text."""

from __future__ import annotations

import re
import struct

import pytest
from lxml import etree

from constancia.apps.publishing.outputs.card import HEIGHT, WIDTH, card_png, card_svg
from constancia.apps.publishing.outputs.charts.measure import width_of
from constancia.domain.language import Language
from constancia.domain.publishing.card import card_alt
from constancia.domain.publishing.content import Content
from tests.support.edition_tables import words
from tests.support.editions import content

LONG = "Comité Permanente por la Defensa de las Personas Privadas de Libertad y sus Familias de la Región"
LANGUAGES: tuple[Language, ...] = ("es", "en")


def variants() -> dict[str, Content]:
    frozen = content()
    crowded = tuple(
        one.model_copy(update={"value": 1_234_567, "label": words(f"{LONG} {LONG}")})
        for one in frozen.figures
    )
    alone = (crowded[0].model_copy(update={"label": words("personas"), "value": 123_456_789}),)
    return {
        "one large number": frozen.model_copy(
            update={"figures": alone, "balance": None, "announcements": ()}
        ),
        "whole": frozen,
        "first": frozen.model_copy(update={"balance": None, "previous": None}),
        "no announcements": frozen.model_copy(update={"announcements": ()}),
        "nothing": frozen.model_copy(
            update={"figures": (), "balance": None, "announcements": (), "rules": ()}
        ),
        "crowded": frozen.model_copy(update={"organisation": f"{LONG} {LONG}", "figures": crowded}),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", variants())
def test_a_card_keeps_within_what_platforms_take(which: str, language: Language) -> None:
    png = card_png(variants()[which], language)
    assert len(png) < 1_000_000
    assert struct.unpack(">II", png[16:24]) == (WIDTH, HEIGHT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", variants())
def test_nothing_of_a_card_stands_outside_it(which: str, language: Language) -> None:
    root = etree.fromstring(card_svg(variants()[which], language).encode())
    for group in root.iter("{*}g"):
        down = float(re.findall(r",([\d.]+)\)", str(group.get("transform")))[0])
        for text in group.iter("{*}text"):
            size, x = float(text.get("font-size")), float(text.get("x"))
            face = ("serif" if "Serif" in text.get("font-family") else "sans") + (
                "-bold" if text.get("font-weight") == "600" else ""
            )
            wide = width_of(text.text or "", size, face=face)  # type: ignore[arg-type]
            left = x - wide if text.get("text-anchor") == "end" else x
            assert left >= 40, text.text
            assert left + wide <= WIDTH - 40, text.text
            assert size * 0.5 < down + float(text.get("y")) <= HEIGHT - 30, text.text


@pytest.mark.drawn_anew
def test_the_same_content_has_the_same_bytes() -> None:
    assert card_png(content(), "es") == card_png(content(), "es")
    assert card_svg(content(), "en") == card_svg(content(), "en")


def test_no_letter_is_too_small_for_a_telephone() -> None:
    """A telephone shows the card about 390 pixels wide: 27 pixels are then about 10."""
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', card_svg(content(), "es"))]
    assert min(sizes) >= 27


def test_the_card_says_its_alternative_text() -> None:
    root = etree.fromstring(card_svg(content(), "es").encode())
    assert root.get("role") == "img"
    assert root[0].text == card_alt(content(), "es")


def test_hostile_names_stay_text() -> None:
    hostile = '<script>x</script>"&\u202e\x00'
    drawing = card_svg(content().model_copy(update={"organisation": hostile}), "es")
    assert "<script" not in drawing
    root = etree.fromstring(drawing.encode())
    assert '<script>x</script>"&' in ["".join(part.itertext()) for part in root.iter("{*}text")]


def test_every_number_of_the_card_stands_in_its_alternative_text() -> None:
    root = etree.fromstring(card_svg(content(), "es").encode())
    shown = " ".join(part.text or "" for part in root.iter("{*}text"))
    assert set(re.findall(r"\d+", shown)) <= set(re.findall(r"\d+", card_alt(content(), "es")))
