"""Whatever the text: quotations are exact, and nothing but a coded refusal is raised."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.claims.reading import LIMIT, read
from constancia.domain.errors import InputRefused

PIECES = st.sampled_from(
    [
        "12 presos políticos",
        "fueron excarcelados",
        "Foro Penal",
        "informó que",
        "al menos",
        "ocho (8)",
        "mujeres: 24",
        "\n",
        ". ",
        ", ",
        " ",
        "“",
        "—",
        "desde el 8 de enero",
        "31 de febrero de 2025",
        "the release of",
        "said",
        "𝟭𝟮",
        "e\u0301",
        "\u202e",
        "\x00",
        "½",
        "1.697",
        "Ana Ficticia",
        "el ministro de",
        "of them",
        "99/99/9999",
        "ﬁ",
        "İ",
    ]
)


@given(
    st.lists(PIECES | st.text(max_size=12), max_size=40).map(" ".join), st.sampled_from(["es", "en", None])
)
def test_every_quotation_stands_in_the_text_at_its_place(text: str, language: object) -> None:
    for claim in read(text, language=language, published=date(2026, 3, 10)):  # type: ignore[arg-type]
        assert text[claim.start : claim.end] == claim.quote
        assert claim.quote
        assert claim.value >= 0


def test_a_text_beyond_the_limit_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        read("x" * (LIMIT + 1))
    assert refused.value.code == "claims.text_too_long"


@pytest.mark.parametrize("day", [date.min, date(1, 1, 2), date(1800, 1, 1), date(2100, 12, 31), date.max])
@pytest.mark.parametrize(
    "text",
    [
        "Ayer salieron 12 presos políticos; anoche, 3. El 31 de diciembre eran 40; hace 50 años, 2.",
        "Yesterday 12 political prisoners were freed; last week 3, on December 31 nine, 50 years ago two.",
    ],
)
def test_no_day_of_the_calendar_is_too_far_for_a_text(text: str, day: date) -> None:
    assert read(text, published=day)
