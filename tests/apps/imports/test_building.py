"""A mapping made of choices is one that loads, whatever the columns are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from constancia.apps.imports.building import Draft, columns_seen, written
from constancia.apps.imports.targets import TARGETS
from constancia.domain.mapping import PlannedCase, fitted, load
from constancia.domain.mapping.cells import Row
from constancia.infra.tables import open_table

SOURCE = {"kind": "relative", "label": 'el "comité"', "reliability": "B", "confidentiality": "sealed"}


def draft(**more: object) -> Draft:
    return Draft(**{"title": "Lista", "source": SOURCE, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("key", sorted(TARGETS))
def test_every_choice_gives_a_mapping_that_loads(key: str) -> None:
    terms = TARGETS[key].terms
    translations = {"a": {"x": next(iter(terms)).value}} if terms else {}
    mapping = load(written(draft(columns={"n": "name.full", "a": key}, translations=translations)))
    fitted(mapping, ("n", "a"), None)


def test_two_columns_of_one_kind_are_joined_or_the_first_filled_counts() -> None:
    columns = {"a": "name.full", "b": "name.full", "c": "arrest.when", "d": "arrest.when", "e": "alias.value"}
    text = written(draft(columns=columns, dates={"order": "dmy"}))
    planner = fitted(load(text), ("a", "b", "c", "d", "e"), None)
    (case,) = planner.plan([Row(2, ("Ana", "Sol", "", "08/01/2026", "la Negra"))])
    assert isinstance(case, PlannedCase)
    assert [(fact.kind, dict(fact.fields), fact.when.edtf) for fact in case.facts] == [
        ("name", {"full": "Ana Sol"}, ""),
        ("alias", {"value": "la Negra"}, ""),
        ("arrest", {}, "2026-01-08"),
    ]


def test_identifier_region_known_day_and_consent_have_their_places() -> None:
    columns = {"i": "id", "r": "region", "k": "known", "n": "name.full"}
    mapping = load(written(draft(columns=columns, scheme="comite", consent="count_only", lenient=True)))
    planner = fitted(mapping, ("i", "r", "k", "n"), None)
    (case,) = planner.plan([Row(2, ("7", "Edo. Lara", "2026-01-08", "Ana"))])
    assert isinstance(case, PlannedCase)
    assert (case.external_id, case.region, str(case.known)) == (("comite", "7"), "lara", "2026-01-08")
    assert mapping.on_error == "skip_fact"
    only = load(written(draft(columns={"r": "region", "n": "name.full"})))
    assert [c.region for c in fitted(only, ("r", "n"), None).plan([Row(2, ("Zulia", "Ana"))])] == ["zulia"]  # type: ignore[union-attr]


def test_odd_column_names_are_called_by_their_letter(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text('"{a}",@b,,"q""uote"\n1,2,3,4\n', encoding="utf-8")
    table = open_table(file)
    seen = columns_seen(table)
    assert [(column.name, column.reference) for column in seen] == [
        ("{a}", "@A"),
        ("@b", "@B"),
        ("C", "@C"),
        ('q"uote', 'q"uote'),
    ]
    columns = dict(
        zip(
            (c.reference for c in seen),
            ["name.full", "alias.value", "age.years", "occupation.detail"],
            strict=True,
        )
    )
    fitted(load(written(draft(columns=columns))), table.header, None)
