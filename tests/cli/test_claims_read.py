"""`claims read`: a list of claims of a text file, without any register."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command

TEXT = "At least 40 people remain behind bars.\n"


def test_a_text_becomes_a_list_of_claims(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(TEXT, encoding="utf-8")
    told = run("claims", "read", str(file), "--published", "2026-03-10", "--lang", "en", "--json")
    (one,) = json.loads(told.out)
    assert told.code == 0
    assert (one["value"], one["qualifier"], one["about"], one["claimant"]) == (
        40,
        "at_least",
        "held",
        "article",
    )
    assert TEXT[one["start"] : one["end"]] == one["quote"]


def test_a_line_of_source_is_no_part_of_the_text_and_tells_whose_it_is(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(f"source: https://www.hrw.org/news/1\n{TEXT}", encoding="utf-8")
    (one,) = json.loads(run("claims", "read", str(file), "--json").out)
    assert (one["start"], one["claimant"], one["as_of"]) == (0, "Human Rights Watch", None)


def test_people_see_a_table(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "nota.txt"
    file.write_text("Hay 40 presos políticos, dijo Foro Penal.", encoding="utf-8")
    told = run("claims", "read", str(file), "--published", "2026-03-10")
    assert "Foro Penal" in told.out
    assert "40 presos políticos" in told.out


def test_what_is_no_file_and_no_text_is_refused_with_a_code(run: Command, tmp_path: Path) -> None:
    noise = tmp_path / "noise.txt"
    noise.write_bytes(b"\xff\xfe12 presos")
    assert "[cli.file]" in run("claims", "read", str(tmp_path / "none.txt")).err
    assert "[cli.file]" in run("claims", "read", str(tmp_path)).err
    assert "[claims.text_encoding]" in run("claims", "read", str(noise)).err


def test_a_text_of_an_old_computer_is_read_as_it_was_written(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "nota.txt"
    file.write_bytes("Según Foro Penal, 40 presos políticos siguen en prisión.".encode("cp1252"))
    (one,) = json.loads(run("claims", "read", str(file), "--json").out)
    assert one["quote"].startswith("40 presos políticos")


def test_the_language_of_the_text_is_asked_for_apart_from_that_of_the_answer(
    run: Command, tmp_path: Path
) -> None:
    file = tmp_path / "nota.txt"
    file.write_text("Hay 40 presos políticos, dijo Foro Penal.", encoding="utf-8")
    told = run("--lang", "en", "claims", "read", str(file), "--language", "es")
    assert "exactly" in told.out
    assert run("claims", "read", str(file), "--lang", "fr").err.startswith("[cli.lang]")
    assert run("claims", "read", str(file), "--published", "9999-12-31").err.startswith("[cli.day_far]")
