"""Quotations are marked in a text, which stays the text whatever it holds."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from constancia.apps.claims.marking import AROUND, HEAD, WHOLE, Span, blocks
from constancia.apps.claims.standing import Standing

HOSTILE = st.text(st.sampled_from("<>&\"' \nabñ1😀<script>"), min_size=1, max_size=60)


def said(html: str) -> str:
    """What a browser would show."""
    return unescape(re.sub(r"<[^>]*>", "", html))


@given(HOSTILE, st.data())
def test_marks_add_nothing_to_the_text_and_take_nothing_away(text: str, data: st.DataObject) -> None:
    spans = []
    for number in range(data.draw(st.integers(0, 5))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        standing = data.draw(st.sampled_from(Standing))
        spans.append(Span(number, start, end, standing, number))
    made = blocks(text, spans)
    assert "".join(said(block.html) for block in made) == text
    assert [block.start for block in made] == [0, *(block.end for block in made[:-1])]
    whole = "".join(block.html for block in made)
    for span in spans:
        assert whole.count(f'<span id="t{span.number}"></span>') == 1
        own = re.findall(
            rf'<mark class="\w+" data-c="(?:[\d ]* )?{span.number}(?: [\d ]*)?">.*?</mark>', whole, re.S
        )
        assert "".join(map(said, own)) == text[span.start : span.end]


def test_nothing_of_a_text_is_taken_for_markup() -> None:
    text = "<script>alert(1)</script> 20 <b>personas</b> & más"
    start = text.index("20")
    (block,) = blocks(text, [Span(7, start, start + 14, Standing.PROPOSED, 7)])
    assert "<script>" not in block.html
    assert "<b>" not in block.html
    assert said(block.html) == text


def test_where_quotations_overlap_what_is_to_decide_is_seen_first() -> None:
    html = blocks(
        "20 hombres y 8 mujeres",
        [Span(1, 0, 22, Standing.CONFIRMED, 1), Span(2, 3, 10, Standing.PROPOSED, 2)],
    )[0].html
    assert re.findall(r'<mark class="(\w+)" data-c="([\d ]+)">', html) == [
        ("confirmed", "1"),
        ("proposed", "1 2"),
        ("confirmed", "1"),
    ]


def test_a_corrected_quotation_leads_to_its_correction() -> None:
    html = blocks("20 hombres", [Span(1, 0, 10, Standing.CORRECTED, 5)])[0].html
    assert 'data-c="5"' in html
    assert 'href="#c5"' in html


def test_each_line_is_a_block_of_its_own() -> None:
    text = "uno\n\ndos"
    assert [(block.start, block.html) for block in blocks(text, [])] == [(0, "uno\n"), (4, "\n"), (5, "dos")]


def test_of_a_very_long_text_the_beginning_and_what_is_quoted_are_shown() -> None:
    text = "x" * (WHOLE + 500_000)
    spans = [Span(1, 300_000, 300_010, Standing.PROPOSED, 1), Span(2, 301_000, 301_010, Standing.REJECTED, 2)]
    made = blocks(text, spans)
    assert [(block.start, block.end) for block in made if block.left_out] == [
        (HEAD, 300_000 - AROUND),
        (301_010 + AROUND, len(text)),
    ]
    assert made[-1].end == len(text)
    assert sum(len(block.html) for block in made) < HEAD + 3 * AROUND + 1000
