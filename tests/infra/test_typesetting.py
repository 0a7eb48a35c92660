"""Typesetting: the same bytes anywhere, nothing from elsewhere, errors that give nothing away."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.infra import typesetting
from constancia.infra.typesetting import pages, typeset, unprintable
from tests.support.effort import examples

MADE = datetime(2026, 3, 3, 4, tzinfo=UTC)
TEMPLATE = """
#set document(title: "Hoja")
#set text(font: ("Source Serif Pro", "Source Sans Pro"), lang: "es")
= Hoja
#sys.inputs.words
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "template"
    inside.mkdir()
    (inside / "main.typ").write_text(TEMPLATE, "utf-8")
    return inside


def test_the_same_arguments_give_the_same_bytes_in_another_process(folder: Path) -> None:
    here = typeset(folder, "main.typ", {"words": "Ñandú"}, made_at=MADE)
    again = typeset(folder, "main.typ", {"words": "Ñandú"}, made_at=MADE)
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path;"
        "from constancia.infra.typesetting import typeset;"
        f"made = typeset(Path({str(folder)!r}), 'main.typ', {{'words': 'Ñandú'}},"
        " made_at=datetime(2026, 3, 3, 4, tzinfo=UTC));"
        "sys.stdout.buffer.write(made)"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert here == again == elsewhere.stdout


def test_other_words_and_another_instant_give_other_bytes(folder: Path) -> None:
    first = typeset(folder, "main.typ", {"words": "uno"}, made_at=MADE)
    assert first != typeset(folder, "main.typ", {"words": "dos"}, made_at=MADE)
    assert first != typeset(folder, "main.typ", {"words": "uno"}, made_at=MADE.replace(hour=5))


def test_only_fonts_of_the_packages_are_known() -> None:
    fonts = typesetting._fonts()
    assert {"Source Serif Pro", "Source Sans Pro"} <= set(fonts.families())
    ours = [(f.family, f.weight, f.style) for f in fonts.fonts() if f.path]
    assert {family for family, _, _ in ours} == {"Source Serif Pro", "Source Sans Pro"}
    assert len(ours) == len(set(ours)) == 24


@pytest.mark.parametrize(
    "markup",
    [
        '#read("/etc/passwd")',
        '#read("../secret.txt")',
        '#image("/etc/hostname")',
        '#import "@preview/cetz:0.3.0": *',
        '#panic("Fulana Ejemplar")',
        "#unknown-name",
    ],
)
def test_what_reaches_out_or_breaks_is_refused_without_a_word_of_it(folder: Path, markup: str) -> None:
    (folder.parent / "secret.txt").write_text("Fulana Ejemplar", "utf-8")
    (folder / "main.typ").write_text(TEMPLATE + markup, "utf-8")
    with pytest.raises(InputRefused) as caught:
        typeset(folder, "main.typ", {"words": ""}, made_at=MADE)
    told = f"{caught.value!r} {caught.value.args} {explain(caught.value)} {explain(caught.value, 'en')}"
    assert caught.value.code == "typeset.failed"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert "Ejemplar" not in told
    assert str(folder) not in told
    with pytest.raises(InputRefused):
        pages(folder, "main.typ", {"words": ""}, made_at=MADE)


def test_a_template_that_is_not_there_and_half_a_character_are_refused(folder: Path) -> None:
    with pytest.raises(InputRefused, match=r"typeset\.failed"):
        typeset(folder, "absent.typ", {"words": ""}, made_at=MADE)
    with pytest.raises(InputRefused, match=r"typeset\.failed"):
        typeset(folder, "main.typ", {"words": "\ud800"}, made_at=MADE)


class PanicException(BaseException):
    """As pyo3 names it."""


def test_a_bug_inside_typst_is_our_error_and_an_interrupt_stays_one() -> None:
    class Broken:
        def __init__(self, error: BaseException) -> None:
            self.error = error

        def compile(self, **_: object) -> bytes:
            raise self.error

    with pytest.raises(InputRefused, match=r"typeset\.failed"):
        typesetting._compiled(Broken(PanicException("Fulana")), format="pdf")
    with pytest.raises(KeyboardInterrupt):
        typesetting._compiled(Broken(KeyboardInterrupt()), format="pdf")


def test_pages_are_pictures_one_each(folder: Path) -> None:
    (folder / "main.typ").write_text(TEMPLATE + "#pagebreak()\nx", "utf-8")
    made = pages(folder, "main.typ", {"words": "uno"}, made_at=MADE, resolution=30)
    assert len(made) == 2
    assert all(one.startswith(b"\x89PNG") for one in made)


def test_what_no_font_shows_is_told_apart() -> None:
    shown = {"á", "ñ", "“", "−", "Ω", "ж", "ש", "م", "→", "n\u0303"}
    lacking = {"中", "😀", "\ue000", "\ud800", "\x07", "👨\u200d👩\u200d👧"}
    assert unprintable(shown | lacking) == lacking


def test_what_no_font_shows_is_found_even_where_messages_name_no_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(typesetting, "_PLACE", typesetting._SURROGATE)
    assert unprintable({"á", "中", "b", "文", "c"}) == {"中", "文"}


@settings(max_examples=examples(60), deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=12))
def test_what_is_said_to_be_printable_can_be_set(text: str) -> None:
    lacking = unprintable(text)
    kept = "".join(one for one in text if one not in lacking)
    lines = "\n".join(f'#par(text("{typesetting._escaped(one)}"))' for one in kept)
    compiler = typst.Compiler(
        input=f"{typesetting._PROBE}{lines}".encode(),
        font_paths=typesetting._fonts(),
        ignore_system_fonts=True,
    )
    assert compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=0)


def test_the_same_file_is_refused_when_a_lacking_character_is_in_it(folder: Path) -> None:
    with pytest.raises(InputRefused, match=r"typeset\.failed"):
        typeset(folder, "main.typ", {"words": "中"}, made_at=MADE)
