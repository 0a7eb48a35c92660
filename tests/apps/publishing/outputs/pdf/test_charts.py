"""Charts that a PDF takes in, and those that it refuses."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from constancia.apps.publishing.outputs.pdf import pdf
from constancia.domain.errors import InputRefused
from constancia.domain.publishing.blocks import Aside, Bullets, Picture, Quote
from tests.support.documents import small, t
from tests.support.drawings import box, svg, words

MADE = datetime(2026, 3, 3, 4, tzinfo=UTC)
PICTURE = Picture("p", "diario", (t("Se ve"),), "Se ve", None)


def test_words_in_a_chart_are_text_that_can_be_found() -> None:
    made = pdf(
        small(PICTURE), {"diario": svg(60, [box(0, 0, 50, 20, "#1f4e79"), words(4, 50, "Casilla 573")])}, MADE
    )
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert "Casilla 573" in text


@pytest.mark.parametrize("strange", ["中文 😀", "\u202eabc", "\ue000", "שלום مرحبا", "&lt;b&gt; #x $y$"])
def test_strange_words_in_a_chart_do_not_stop_it(strange: str) -> None:
    assert pdf(small(PICTURE), {"diario": svg(60, [words(4, 50, strange)])}, MADE)


def test_a_chart_that_was_not_handed_over_is_named() -> None:
    for blocks in ((PICTURE,), (Quote((PICTURE,)),), (Aside("a", (PICTURE,)),), (Bullets(((PICTURE,),)),)):
        with pytest.raises(InputRefused) as caught:
            pdf(small(*blocks), {"otro": svg(9, [])}, MADE)
        assert (caught.value.code, caught.value.params) == ("typeset.picture_missing", {"chart": "diario"})


HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
)


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "no svg",
        "<svg></svg>",
        HEAD,
        f"{HEAD}<script>1</script></svg>",
        f"{HEAD}<foreignObject/></svg>",
        f'{HEAD}<image href="https://observatorio.example/x.png" width="1" height="1"/></svg>',
        f'{HEAD}<image xlink:href="/etc/hostname" width="1" height="1"/></svg>',
        f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{HEAD}<text>&a;</text></svg>',
        f"{HEAD}<text>\ud800</text></svg>",
    ],
)
def test_what_is_no_chart_or_reaches_elsewhere_is_refused(broken: str) -> None:
    with pytest.raises(InputRefused) as caught:
        pdf(small(PICTURE), {"diario": broken}, MADE)
    assert (caught.value.code, caught.value.params) == ("typeset.picture_unreadable", {"chart": "diario"})
