"""The linking mapping is strict, and an import's mapping is told apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from constancia.domain.errors import MappingRefused
from constancia.domain.matching.linking.loading import load, of_an_import
from tests.support.lists import FREE, MAPPING


def test_a_mapping_says_what_each_column_is() -> None:
    found = load(FREE)
    assert [one.key for one in found.field] == ["given", "surnames", "born", "document"]
    assert found.duplicate_free


def test_a_mapping_for_imports_is_told_apart() -> None:
    assert of_an_import('[source]\nkind = "press"\n[[fact]]\nkind = "name"\n')
    assert not of_an_import(MAPPING)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[[field]]\nas = "given"\ncolumn = "x"', "linking.version"),
        ("version = 2", "linking.version"),
        ("version = true", "linking.version"),
        ("version = 1", "mapping.key"),
        ("version = 1\nfield = [", "mapping.toml"),
        ('version = 1\n[[field]]\nas = "given"', "mapping.key"),
        ('version = 1\n[[field]]\nas = "given"\ncolumn = "x"\ncolum = "y"', "mapping.key_unknown"),
        ('version = 1\n[[field]]\nas = "nick"\ncolumn = "x"', "mapping.key"),
        ('version = 1\n[[field]]\nas = "text"\ncolumn = "x"', "mapping.key"),
        ('version = 1\n[[field]]\nas = "given"\nname = "x"\ncolumn = "x"', "mapping.key"),
        ('version = 1\n[[field]]\nas = "text"\nname = "born"\ncolumn = "x"', "mapping.key"),
        ('version = 1\n[[field]]\nas = "text"\nname = "a b"\ncolumn = "x"', "mapping.key"),
        ('version = 1\n[[field]]\nas = "given"\nyear = "x"', "mapping.key"),
        (
            'version = 1\n[[field]]\nas = "sex"\ncolumn = "x"\n[[field]]\nas = "sex"\ncolumn = "y"',
            "mapping.key",
        ),
        ("a." * 600 + "b = 1", "mapping.toml"),
        ("x" * 600_000, "mapping.too_long"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_code(text: str, code: str) -> None:
    with pytest.raises(MappingRefused) as refused:
        load(text)
    assert refused.value.code == code


def test_the_mapping_that_the_documentation_shows_is_one() -> None:
    page = (Path(__file__).parents[4] / "docs" / "linking.md").read_text("utf-8")
    shown = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert shown
    assert all(load(text).field for text in shown)
