"""How many people a line names."""

from __future__ import annotations

import pytest

from tests.domain.matching.reading.read import names, read


@pytest.mark.parametrize(
    "line",
    [
        "PÉREZ GIL, ANA",
        "Pérez, Ana",
        "Pérez Gil, Ana María",
        "PRUEBA, J.",
        "Gil Mora, José",
        "Miguel Paz, Jorge J",
        "Ana Pérez, José Luis",
        "Zurrupio Bermejal, Aniceta Remedia",
        "Ramón y Cajal",
        "Ana Prueba y Gil",
        "de la O, Ana",
        "García-Pérez, Ana",
    ],
)
def test_a_comma_or_an_and_between_the_parts_of_one_name_does_not_part_it(line: str) -> None:
    assert names(line) == [line]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ana Pérez, José Gil", ["Ana Pérez", "José Gil"]),
        ("Ana Pérez, José Gil y Luis Mora", ["Ana Pérez", "José Gil", "Luis Mora"]),
        ("Ana Pérez y José Gil", ["Ana Pérez", "José Gil"]),
        ("Ana Pérez; José Gil; Luis Mora", ["Ana Pérez", "José Gil", "Luis Mora"]),
        ("PÉREZ GIL, ANA; MORA RÍOS, JOSÉ", ["PÉREZ GIL, ANA", "MORA RÍOS, JOSÉ"]),
        ("Liberados: Ana Pérez, José Gil, Luis Mora", ["Ana Pérez", "José Gil", "Luis Mora"]),
        (
            "Ana Pérez, Yuleixy Gil, Luis Mora, Rosa Paz",
            ["Ana Pérez", "Yuleixy Gil", "Luis Mora", "Rosa Paz"],
        ),
    ],
)
def test_what_is_plainly_a_list_in_one_line_is_several_people(line: str, expected: list[str]) -> None:
    found = read(line)
    assert [entry.mention.name for entry in found.entries] == expected
    assert all("list.split_line" in entry.notes for entry in found.entries)
    assert {(entry.line, entry.raw) for entry in found.entries} == {(1, line)}


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("Miguel Paz, Jorge J", "list.one_or_two"),
        ("Ana Pérez, José Luis", "list.one_or_two"),
        ("Zurrupio Bermejal, Aniceta Remedia", "list.one_or_two"),
        ("Ana Pérez, Yuleixy Gil", "list.one_or_two"),
        ("Ana y José Irreal", "list.one_or_two"),
        ("Madre de Ana Pérez", "list.relative"),
        ("Zurrupio Bermejal y Aniceta Remedia", "list.one_or_two"),
        ("Pérez, Ana, Gil, José", "list.one_or_several"),
        ("Zurrupio Bermejal, Aniceta Remedia, Perico Palotes", "list.one_or_several"),
        ("Ana Pérez; José; Luis Mora", "list.one_or_several"),
    ],
)
def test_what_cannot_be_decided_stays_one_entry_with_a_note(line: str, note: str) -> None:
    found = read(line)
    assert len(found.entries) == 1
    entry = found.entries[0]
    assert note in entry.notes
    said = " ".join((entry.mention.name, *entry.remarks))
    assert all(word.strip(",;") in said for word in line.split() if len(word) > 1)


def test_what_is_said_beside_several_names_is_given_to_none_as_evidence() -> None:
    found = read("Ana Pérez, José Gil y Luis Mora, Zulia, V-12345678")
    assert len(found.entries) == 3
    for entry in found.entries:
        assert (entry.mention.document, entry.mention.state) == ("", "")
        assert {"V-12345678", "Zulia"} <= set(entry.remarks)


def test_a_relative_in_the_line_is_a_remark() -> None:
    for line in ("Ana Pérez (esposa de José Gil)", "Ana Pérez - reporta José Gil"):
        found = read(line)
        assert [entry.mention.name for entry in found.entries] == ["Ana Pérez"]
        assert "José Gil" in found.entries[0].remarks[0]
    assert "list.other_name" in read("Ana Pérez - José Gil").entries[0].notes
