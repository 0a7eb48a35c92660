"""The open data are a valid package, say what the edition says, and are safe to open."""

from __future__ import annotations

import csv
import io
import json
import socket
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from constancia.apps.publishing.outputs.opendata import named_list, package, zipped
from constancia.domain.errors import IntegrityBroken
from constancia.domain.publishing.canonical import content_bytes, sha256
from constancia.domain.publishing.content import Content, Source, Statement, Words
from tests.support.editions import D, content

NAMES = [f"Inventada Sintética {number:03d}" for number in range(120)]
HOSTILE = [
    '=HYPERLINK("x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '"; DROP',
    "a,b\nc",
    "\u202eabc",
    "＝1",
    "<b>x</b>",
]


def read(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    text = files[f"datos/{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def complaints(files: dict[str, bytes], folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the frictionless library finds wrong, without a network."""

    def refuse(*_: object) -> None:
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    report = Package(str(folder / "datos" / "datapackage.json")).validate()
    return [str(error) for error in report.flatten(["title", "note"])]


def hostile() -> Content:
    """An edition whose every free text is an attack."""
    edition = content()
    whole = edition.sources[0]
    sources = [
        whole.model_copy(update={"number": 100 + place, "title": text, "publisher": text, "address": text})
        for place, text in enumerate(HOSTILE)
    ]
    statements = [
        Statement(number=100 + place, said_on=D, hour="", speaker=text, mark=text, words=text, source=None)
        for place, text in enumerate(HOSTILE)
    ]
    return edition.model_copy(
        update={
            "organisation": "=cmd|' /C calc'!A0",
            "title": Words(es='"}\n- x: y', en="{title} {} %s"),
            "sources": (*edition.sources, *sources),
            "statements": (*edition.statements, *statements),
        }
    )


@pytest.mark.parametrize("names", [None, NAMES], ids=["without names", "with names"])
@pytest.mark.parametrize("edition", [content(), hostile()], ids=["plain", "hostile"])
def test_frictionless_finds_the_package_valid(
    edition: Content, names: list[str] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert complaints(package(edition, names), tmp_path, monkeypatch) == []


def test_frictionless_would_notice_a_number_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = package(content(), None)
    files["datos/daily.csv"] = files["datos/daily.csv"].replace(b",42,", b",cuarenta,")
    assert complaints(files, tmp_path, monkeypatch)


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert package(content(), NAMES) == package(content(), list(reversed(NAMES)))
    assert zipped(package(content(), None)) == zipped(package(content(), None))


def test_the_archive_holds_the_files() -> None:
    files = package(content(), None)
    with ZipFile(io.BytesIO(zipped(files))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_figures_come_back_with_their_dates_rule_and_definition() -> None:
    edition = content()
    found = read(package(edition, None), "figures")
    assert [int(row["value"]) for row in found] == [figure.value for figure in edition.figures]
    for row in found:
        assert row["as_of"] == "2026-03-02"
        assert row["known_at"] == "2026-03-03T03:59:59Z"
        assert row["rule"] == "foro_penal"
        assert row["definition_version"] == row["rule_version"] == "1"
        assert row["definition_sha256"] == row["rule_sha256"] == "ab" * 32


def test_every_cell_of_every_table_comes_back() -> None:
    edition = content()
    found = read(package(edition, None), "tables")
    told = {(row["table"], row["category1"], row["category2"]): (row["value"], row["group"]) for row in found}
    for table in edition.tables:
        for cell in table.cells:
            key = [part or "*" for part in cell.key] + [""] * (2 - len(cell.key))
            value, group = told.pop((table.name, key[0], key[1]))
            assert value == ("" if cell.value is None else str(cell.value))
            assert group == ("" if cell.group is None else f"{table.name}:{cell.group}")
    assert not told


def test_cells_and_groups_of_a_table_add_up_to_its_total() -> None:
    files = package(content(), None)
    groups = {row["group"]: int(row["value"]) for row in read(files, "groups")}
    for breakdown in read(files, "breakdowns"):
        cells = [
            row
            for row in read(files, "tables")
            if row["table"] == breakdown["table"] and "*" not in (row["category1"], row["category2"])
        ]
        together = sum(groups[group] for group in {row["group"] for row in cells} - {""})
        assert sum(int(row["value"] or 0) for row in cells) + together == int(breakdown["total"])


def test_the_balance_adds_up() -> None:
    found = [row for row in read(package(content(), None), "balance") if not row["kind"]]
    part = {
        name: sum(int(row["value"]) for row in found if row["part"] == name)
        for name in ("opening", "in", "out", "closing")
    }
    assert part["opening"] + part["in"] - part["out"] == part["closing"]


def test_days_levels_claims_and_bridges_come_back() -> None:
    edition, files = content(), package(content(), None)
    days = [(row["day"], int(row["value"]), row["provisional"]) for row in read(files, "daily")]
    assert days == [
        (day.day.isoformat(), day.value, "true" if day.provisional else "false")
        for day in edition.daily[0].days
    ]
    assert [int(row["lowest"]) for row in read(files, "levels")] == [
        point.lowest for point in edition.levels[0].points
    ]
    assert [(row["ours"], row["restated"], row["difference"]) for row in read(files, "claims")] == [
        ("544", "566", "193"),
        ("498", "", "302"),
    ]
    assert [row["total"] for row in read(files, "bridges")] == ["541", "", "", "563"]


def test_no_cell_can_be_taken_for_a_formula() -> None:
    files = package(hostile(), None)
    for name, data in files.items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
                for cell in row:
                    number = cell.lstrip("-").isdigit()
                    assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")), cell


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_comes_back_but_for_its_apostrophe(text: str) -> None:
    source = Source(number=1, title=text, publisher="x", published=None, address="", sha256="")
    edition = content().model_copy(update={"sources": (*content().sources, source)})
    found = read(package(edition, None), "sources")[-1]["title"]
    assert found.removeprefix("'") == text.replace("\x00", "").removeprefix("'")


def test_without_consent_no_name_appears_and_no_row_is_about_a_person() -> None:
    files = package(content(), None)
    assert "datos/named_list.csv" not in files
    assert not any(b"Inventada" in data for data in files.values())
    described = json.loads(files["datos/datapackage.json"])
    assert "named_list" not in [resource["name"] for resource in described["resources"]]
    assert "named_list" not in {row["resource"] for row in read(files, "codebook")}


def test_with_consent_the_list_holds_names_and_nothing_else() -> None:
    files = package(content(), NAMES)
    assert files["datos/named_list.csv"] == named_list(NAMES)
    assert read(files, "named_list") == [{"name": name} for name in sorted(NAMES)]
    others = {name: data for name, data in files.items() if name != "datos/named_list.csv"}
    assert not any(b"Inventada" in data for data in others.values())


def test_two_people_of_one_name_are_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = package(content(), [*NAMES[1:], NAMES[1]])
    assert len(read(files, "named_list")) == 120
    assert complaints(files, tmp_path, monkeypatch) == []


def test_the_whole_content_goes_with_the_data() -> None:
    files = package(content(), None)
    assert files["datos/edicion.json"] == content_bytes(content())
    assert sha256(files["datos/edicion.json"]).encode() in files["datos/LEAME.md"]


def test_the_citation_is_yaml_that_no_title_can_break() -> None:
    text = package(hostile(), None)["datos/CITATION.cff"].decode()
    for line in text.splitlines():
        name, _, value = line.partition(": ")
        assert name == "authors:" or json.loads(value)
        assert name in {
            "cff-version", "type", "title", "message", "abstract", "version", "date-released", "license",
            "authors:", "  - name",
        }  # fmt: skip


def test_texts_are_there_in_both_languages() -> None:
    files = package(content(), None)
    for name in ("LEAME.md", "README.md", "cita.es.txt", "citation.en.txt", "LICENSE.txt"):
        text = files[f"datos/{name}"].decode()
        assert text.strip()
        assert "{" not in text


def broken(**change: Any) -> Content:
    return content().model_copy(update=change)


@pytest.mark.parametrize(
    ("edition", "names", "code"),
    [
        (broken(definitions=()), None, "opendata.reference"),
        (broken(sources=()), None, "opendata.reference"),
        (broken(rule=""), None, "opendata.empty"),
        (broken(errata=content().errata * 2), None, "opendata.repeated"),
        (content(), ["Inventada Sola"], "opendata.names"),
        (broken(named=None), NAMES, "opendata.names"),
        (broken(organisation="\ud800"), None, "edition.encoding"),
    ],
    ids=["definition", "source", "rule", "twice", "other list", "no list", "surrogate"],
)
def test_what_does_not_hold_together_is_not_written(
    edition: Content, names: list[str] | None, code: str
) -> None:
    with pytest.raises(IntegrityBroken) as refused:
        package(edition, names)
    assert refused.value.code == code
