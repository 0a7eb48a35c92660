"""Whatever a file holds: blocks, or our own errors with a line; never anything else, never markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.publishing.blocks import Heading, Link, NoteMark
from constancia.domain.publishing.characters import plain, refused
from constancia.domain.publishing.content import Source
from constancia.domain.publishing.names import numbered
from constancia.domain.publishing.report import report
from constancia.domain.publishing.texts import problems, typed_numbers
from constancia.domain.publishing.texts.folder import folder
from tests.support.editions import content
from tests.support.effort import examples
from tests.support.report_texts import as_text, numbers, with_section, with_texts

PIECES = [
    "# ",
    "## ",
    "### ",
    "- ",
    "1. ",
    "> ",
    "| a | b |\n|---|--:|\n| ",
    " |",
    "\n",
    "\n\n",
    "    ",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "[",
    "](",
    ")",
    "[^a]",
    "\n\n[^a]: ",
    "![",
    "<b>",
    "<!--",
    "&lt;",
    "&#0;",
    "&#x202e;",
    "\\",
    "{{ held }}",
    "{{ nota: 3 }}",
    "\n{{ tabla: held_by_sex }}\n",
    "\n{{ balance }}\n",
    "{# uno #}",
    "[!nota] ",
    "---",
    "===",
    ": ",
    "https://a.example",
    "#set page()",
    "$x$",
    "541",
    "2 de marzo",
    "a",
    "á",
    "漢",
    "\r\n",
    "\t",
    "\u00a0",
    "\u200b",
    "e\u0301",
]
FAULTS = ["#### ", "{{", "}}", "{{ nadie }}", "{#", "#}", "](javascript:x)", "\u202e", "\x00", "\ud800"]

sound = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
texts = st.one_of(
    sound.map("# A\n\n".__add__),
    sound,
    st.lists(st.sampled_from(PIECES + FAULTS), max_size=60).map("".join),
    st.text(st.characters(exclude_categories=()), max_size=300),
)


def strings(part: Any) -> Iterator[str]:
    """Every string in a document or a part of it."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple | list):
        for one in part:
            yield from strings(one)
    elif is_dataclass(part):
        for one in fields(part):
            yield from strings(getattr(part, one.name))


@given(texts)
@settings(max_examples=examples(150))
def test_any_text_is_a_document_or_our_own_errors(text: str) -> None:
    whole = with_section(content(), text)
    found = problems(whole, "es")
    typed_numbers(whole, "es")
    if found:
        for one in found:
            assert explain(one.error, "es") != one.error.code
            assert 1 <= one.line <= text.count("\n") + text.count("\r") + 1
        with pytest.raises(InputRefused) as raised:
            report(whole, "es")
        assert raised.value.code == found[0].error.code
        return
    document = report(whole, "es")
    assert as_text(document)
    frozen = numbered(content(), "es")
    assert all(frozen[number.name] == number for number in numbers(document))
    marks = [mark.number for mark in marked(document)]
    assert sorted(set(marks)) == list(range(1, len(document.notes) + 1))
    anchors = [one.anchor for one in document.blocks if isinstance(one, Heading)]
    assert len(set(anchors)) == len(anchors)
    assert not any(list(refused(one)) for one in strings(document))


def marked(part: Any) -> Iterator[NoteMark]:
    if isinstance(part, NoteMark):
        yield part
    elif isinstance(part, Link):
        assert part.address.startswith(("https://", "http://", "mailto:"))
        yield from marked(part.runs)
    elif isinstance(part, tuple | list):
        for one in part:
            yield from marked(one)
    elif is_dataclass(part):
        for one in fields(part):
            yield from marked(getattr(part, one.name))


@given(st.text(st.characters(exclude_categories=()), max_size=300))
@settings(deadline=None)
def test_any_plan_is_a_plan_or_our_own_error(plan: str) -> None:
    for text in (plan, f"[report]\n{plan}", f"[report]\nsections = {plan}"):
        try:
            folder(with_texts(content(), {"informe.toml": text}))
        except InputRefused as error:
            said = explain(error, "es")
        else:
            continue
        assert "informe.toml" in said


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_a_string_of_the_content_loses_what_may_not_stand_in_a_text(text: str) -> None:
    assert not list(refused(plain(text)))
    assert "\n" not in plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "[a" * 10_000,
        "*a **b " * 8_000,
        "_" * 55_000,
        "{{" * 27_000,
        "{{ a\n" * 11_000,
        "}}" * 27_000,
        "{{ x }}" * 8_000,
        "> " * 27_000,
        "- " * 27_000,
        "[^a]: " * 9_000,
        "[^a]" * 14_000 + "\n\n[^a]: hola",
        "{#" * 27_000,
        "|a|b|\n|-|-|\n" + "x\n" * 6_000,
        "1.1," * 14_000,
        "&#" * 27_000,
        "[a](<b" * 9_000,
        "palabra " * 7_000,
    ],
    ids=lambda text: text[:6],
)
def test_long_and_contorted_texts_come_to_an_end(text: str) -> None:
    whole = with_section(content(), f"# A\n\n{text}")
    found = problems(whole, "es")
    typed_numbers(whole, "es")
    assert len(found) <= 200
    assert not [one for one in found if one.error.code == "edition.text_long"]


@pytest.mark.parametrize("text", ["&#x202e;", "&#0;", "&lt;b&gt;", "&#8237;"])
def test_a_character_cannot_be_smuggled_in_by_its_number(text: str) -> None:
    document = report(with_section(content(), f"# A\n\nUno {text} dos."), "es")
    assert f"Uno {text} dos." in as_text(document)


def test_a_megabyte_is_refused_and_not_read() -> None:
    (found,) = problems(with_section(content(), "# A\n\n" + "a" * 1_000_000), "es")
    assert found.error.code == "edition.text_long"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "https://a.example/\u202e",
        "data:text/html,x",
        "https://a b",
        "//a.example",
        "https://",
        "x" * 9000,
    ],
)
def test_a_document_with_an_odd_address_is_cited_without_a_link(address: str) -> None:
    source = Source(
        number=3, title="Nota", publisher="Diario", published=None, address=address, sha256="ab" * 32
    )
    whole = with_section(content().model_copy(update={"sources": (source,)}), "# A\n\nUna{{ nota: 3 }}.")
    document = report(whole, "es")
    assert not [run for run in document.notes[0] if isinstance(run, Link)]


def test_names_of_the_content_that_look_like_markup_stay_text() -> None:
    odd = "<b>*Org* #set {{ held }} [x](y)\u202e\n"
    whole = with_section(
        content().model_copy(update={"organisation": odd}), "# A\n\n{{ edition.organisation }}"
    )
    assert report(whole, "es").organisation == "<b>*Org* #set {{ held }} [x](y)"
    assert "<b>*Org* #set {{ held }} [x](y)" in as_text(report(whole, "es"))
