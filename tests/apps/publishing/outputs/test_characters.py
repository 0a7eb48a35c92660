"""What is printed of a text: all of it, and nothing that does more than be read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from constancia.apps.publishing.outputs.characters import printable
from constancia.apps.publishing.outputs.labels import Labels, known
from constancia.apps.publishing.outputs.spoken import followed, plain
from constancia.domain.publishing.blocks import Break, Emphasis, Link, NoteMark, Number, Strong, Text

ANY = st.text(st.characters(exclude_categories=()), max_size=60)


@given(ANY)
def test_whatever_is_printed_fits_into_xml_and_steers_nothing(text: str) -> None:
    said = printable(text)
    element = etree.Element("t")
    element.text = said
    assert etree.fromstring(etree.tostring(element)).text == (said or None)
    assert not [one for one in said if unicodedata.bidirectional(one) in {"RLO", "LRO", "RLE", "RLI", "FSI"}]


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=60))
def test_letters_signs_and_blanks_are_printed_as_they_are(text: str) -> None:
    assert printable(text) == text


def test_what_is_not_printed_is_said_by_its_number() -> None:
    assert printable("a\u202eb\x00c\ud800") == "aU+202EbU+0000cU+D800"


def test_line_ends_and_tabs_are_one_space() -> None:
    assert printable("a\r\nb\t\tc\u2028d") == "a b c d"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//host.example/x",
        "",
        "https:",
        "https://a.example/ b",
        "https://a.example/\n",
        'https://a.example/"x',
        "https://a.example/\u202ex",
        "https://[::1/x",
        "https://a.example:port/",
        "https://a.example/#a#b",
        "https://a.example/%zz",
        "https://a.example/" + "x" * 2000,
    ],
)
def test_no_link_is_made_of_an_address_that_could_do_more_or_that_word_cannot_open(address: str) -> None:
    assert followed(address) is None


def test_a_link_is_plain_ascii() -> None:
    assert followed("https://a.example/ñ?x=1&y=2#z") == "https://a.example/%C3%B1?x=1&y=2#z"
    assert followed("mailto:a@b.example") == "mailto:a@b.example"


def test_plain_words_hold_numbers_and_what_is_inside_others_but_no_marks() -> None:
    inner = (Text("a "), Number("5", "held"), NoteMark(1), Break(), Link("x", (Emphasis((Text("b"),)),)))
    assert plain((Strong(inner),)) == "a 5 b"


def test_labels_are_there_in_both_languages() -> None:
    for key, words in known().items():
        assert set(words) == {"es", "en"}, key
        assert words["es"].count("{") == words["en"].count("{"), key


def test_a_document_may_bring_its_own_words() -> None:
    assert Labels("es", {"figure": "Gráfico"})["figure"] == "Gráfico"
    assert Labels("es").edition("2") == "Edición 2"
    assert Labels("en").edition("Edition 2, corrected") == "Edition 2, corrected"
