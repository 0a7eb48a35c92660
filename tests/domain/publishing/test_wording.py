from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from constancia.domain.publishing import texts
from constancia.domain.publishing.blocks import Number, Text
from constancia.domain.publishing.wording import phrases, runs, said

ROOT = Path(texts.__file__).parents[1]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_phrase_is_said_in_both_languages_with_the_same_fields() -> None:
    wrong = [
        key
        for key, one in phrases().items()
        if set(one) != {"es", "en"} or fields(one["es"]) != fields(one["en"])
    ]
    assert not wrong


def test_every_phrase_that_is_asked_for_exists() -> None:
    asked = {
        key
        for file in ROOT.rglob("*.py")
        if "charts" not in file.parts
        for key in re.findall(r"(?:said|runs|_calm)\(\s*\"(\w+\.\w+)\"", file.read_text("utf-8"))
    }
    assert len(asked) > 40
    assert not asked - set(phrases())


def test_what_fills_a_field_is_never_read_again() -> None:
    assert said("sources.title", "es", title="{number}") == "«{number}»"
    number = Number("5", "x")
    assert number in runs("explained.between", "es", lowest=number, highest="{lowest}")
    assert all(
        isinstance(run, Text | Number) for run in runs("explained.between", "es", lowest=number, highest="1")
    )
