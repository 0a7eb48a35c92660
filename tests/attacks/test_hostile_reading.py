"""Texts made to stall or to deceive the reader of claims."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.claims.reading import LIMIT, read
from constancia.domain.errors import InputRefused
from tests.support.effort import size

SIZE = size(60_000, 12_000)
"""Characters: what is not linear in them would not end within the patience of the whole suite."""

BAITS = [
    ".",
    "1",
    "12 ",
    '"',
    "(",
    "1,",
    "1.000.",
    "1-",
    " ",
    "\n",
    "\x00",
    "a\u0301",
    "\u202e12 presos\u2066 ",
    "¡",
    "12 presos y ",
    "dos mil tres cien y ",
    "Ana Bea Car ",
    "el ministro de la ",
    "said Foro Penal ",
    "january 1 and ",
    "excarcelación de libertad anunció la ",
    "cifra de presos politicos ",
    "Mujeres: 24Civiles: 197",
    "прес 12 людей, ",
]


@pytest.mark.parametrize("bait", BAITS)
def test_a_long_line_made_to_stall_the_reader_is_read_to_its_end(bait: str) -> None:
    text = (bait * SIZE)[:SIZE]
    for language in ("es", "en"):
        for claim in read(text, language=language, published=date(2026, 3, 10)):  # type: ignore[arg-type]
            assert text[claim.start : claim.end] == claim.quote


def test_a_megabyte_on_one_line_is_refused_by_the_reader() -> None:
    with pytest.raises(InputRefused) as refused:
        read("12 presos " * 100_000)
    assert refused.value.code == "claims.text_too_long"
    assert refused.value.params == {"limit": LIMIT}
