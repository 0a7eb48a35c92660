"""docs/mapping.md says what the language is: its examples work, and it leaves out no word."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest

from constancia.domain.errors import MappingRefused
from constancia.domain.facts.kinds import KINDS
from constancia.domain.mapping import fitted, language, load

PAGE = Path(__file__).parents[3] / "docs" / "mapping.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```toml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
NOT_IMPORTED = {"withdrawal", "identity_judgement", "relation"}


@pytest.mark.parametrize("block", BLOCKS, ids=range(1, len(BLOCKS) + 1))
def test_every_example_is_a_mapping_that_works(block: str) -> None:
    source = "" if "[source]" in block else '[source]\nkind = "document"\nlabel = "x"\n'
    fact = "" if "[[fact]]" in block else '[[fact]]\nkind = "name"\nfields = { full = "{Nombre}" }\n'
    top = re.match(r"(?:(?!\[).*\n)*", block)
    assert top is not None
    mapping = load(block[: top.end()] + source + block[top.end() :] + fact)
    header: list[str] = []
    while True:
        try:
            fitted(mapping, tuple(header), None)
        except MappingRefused as error:
            if error.code != "mapping.column_missing":
                raise
            header.append(str(error.params["column"]))
        else:
            return


SPECS = [
    spec for spec in vars(language).values() if isinstance(spec, type) and issubclass(spec, language.Spec)
]


@pytest.mark.parametrize(
    "word", sorted({field.alias or name for spec in SPECS for name, field in spec.model_fields.items()})
)
def test_every_word_of_the_language_is_explained(word: str) -> None:
    assert re.search(rf"\b{word}\b( =|\.|`|\]|\"|…)", TEXT), word


def _terms() -> dict[str, list[str]]:
    """Field or group → its closed terms."""
    found: dict[str, list[str]] = {}
    for kind in KINDS.values():
        for name, field in kind.model_fields.items():
            for shape in (field.annotation, *get_args(field.annotation)):
                if isinstance(shape, type) and issubclass(shape, StrEnum):
                    found[f"{kind.kind}.{name}"] = [term.value for term in shape]
    return found


def test_every_kind_field_and_term_is_listed() -> None:
    words = TEXT[TEXT.index("## Words") :]
    for name, kind in KINDS.items():
        if name in NOT_IMPORTED:
            continue
        assert f"`{name}`" in words, name
        for field in kind.model_fields:
            assert f"`{field}`" in words, (name, field)
        for term in (t for key, terms in _terms().items() if key.startswith(f"{name}.") for t in terms):
            assert f"`{term}`" in words, (name, term)
