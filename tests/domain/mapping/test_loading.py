from __future__ import annotations

import pytest

from constancia.domain import catalogue
from constancia.domain.errors import MappingRefused
from constancia.domain.mapping import fitted, load

SOURCE = '[source]\nkind = "document"\nlabel = "lista"\n'


def refusal(text: str, header: tuple[str, ...] = ("nombre", "f")) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(MappingRefused) as caught:
        fitted(load(text), header, None)
    for language in ("es", "en"):
        assert catalogue.explain(caught.value, language) != caught.value.code
    return caught.value.code, caught.value.params


def fact(body: str) -> str:
    return SOURCE + "[[fact]]\n" + body


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        (SOURCE + '[[fact]\nkind = "name"', "mapping.toml", {"line": "4"}),
        (SOURCE, "mapping.key", {"place": "fact", "why": "missing"}),
        (SOURCE + "x = 1", "mapping.key_unknown", {"place": "source › x"}),
        (fact('kind = "name"\nfeilds = {}'), "mapping.key_unknown", {"place": "fact 1 › feilds"}),
        (
            fact('kind = "name"\nfields.full = { colum = "nombre" }'),
            "mapping.key_unknown",
            {"place": "fact 1 › fields › full › colum"},
        ),
        (
            fact('kind = "arrest"\nwhen = { first = ["f", { colunm = "f" }] }'),
            "mapping.key_unknown",
            {"place": "fact 1 › when › first › 2 › colunm"},
        ),
        (
            fact('kind = "arrest"\nwhen = { column = "f", value = "2026" }'),
            "mapping.key",
            {"place": "fact 1 › when", "why": "one of use, column, first, year, value and from/to"},
        ),
        (fact('kind = "nome"'), "mapping.kind_unknown", {"place": "fact 1", "kind": "nome"}),
        (fact('kind = "withdrawal"'), "mapping.kind_not_imported", {"place": "fact 1", "kind": "withdrawal"}),
        (
            fact('kind = "name"\nfields = { whole = "{nombre}" }'),
            "mapping.field_unknown",
            {"place": "fact 1", "kind": "name", "field": "whole"},
        ),
        (
            fact('kind = "arrest"\nneeds = ["place"]\nfields = { state = "{nombre}" }'),
            "mapping.need_unfilled",
            {"place": "fact 1", "field": "place"},
        ),
        (
            fact('kind = "arrest"\nwhen = ""'),
            "mapping.key",
            {"place": "fact 1 › when"},
        ),
        (
            fact('kind = "sex"\ncases = [{ is = "M", kind = "sex", fields = { value = { colum = "f" } } }]'),
            "mapping.key_unknown",
            {"place": "fact 1 › cases › 1 › fields › value › colum"},
        ),
        (fact('kind = "name"\nwhen = "f"'), "mapping.undated", {"place": "fact 1", "kind": "name"}),
        (
            fact('kind = "name"\nfields = { full = "{nmbre}" }'),
            "mapping.column_missing",
            {"place": "fact 1 › full", "column": "nmbre"},
        ),
        (
            fact('kind = "name"\nfields = { full = "{@D}" }'),
            "mapping.column_missing",
            {"place": "fact 1 › full", "column": "@D"},
        ),
        (
            fact('kind = "name"\nfields = { full = "{nombre}[" }'),
            "mapping.template",
            {"place": "fact 1 › full"},
        ),
        (
            fact('kind = "name"\nfields.full = { column = "nombre", regex = "(" }'),
            "mapping.pattern",
            {"place": "fact 1 › full"},
        ),
        (
            fact('kind = "arrest"\nif = { column = "f", matches = "(" }'),
            "mapping.pattern",
            {"place": "fact 1"},
        ),
        (
            fact('kind = "arrest"\nif = { use = "nada" }'),
            "mapping.name_unknown",
            {"place": "fact 1", "name": "nada"},
        ),
        (
            fact('kind = "arrest"\nif = { use = "a" }\n[conditions]\na = { use = "a" }'),
            "mapping.nested",
            {"place": "fact 1"},
        ),
        (
            fact('kind = "sex"\nfields.value = { column = "f", values = "nada" }'),
            "mapping.name_unknown",
            {"place": "fact 1 › value", "name": "nada"},
        ),
        (
            fact('kind = "transfer"\nrepeat = ["a"]\nfields = { step = "{n-1}" }'),
            "mapping.repeat",
            {"place": "fact 1"},
        ),
        (
            '[known]\ndate = "ayer"\n' + fact('kind = "arrest"\nwhen = "f"'),
            "mapping.constant_date",
            {"place": "known"},
        ),
        ("x" * 500_001, "mapping.too_long", {"limit": 500_000}),
        ("a = " + "[" * 5000, "mapping.toml", {}),
    ],
)
def test_a_mapping_that_does_not_hold_is_refused_with_its_place(
    text: str, code: str, params: dict[str, object]
) -> None:
    found = refusal(text)
    assert found[0] == code
    assert params.items() <= found[1].items()


def test_of_two_columns_with_one_name_the_mapping_says_which() -> None:
    header = ("nombre", "lugar (B)", "lugar (C)")
    arrest = 'kind = "arrest"\nfields = {{ place = "{{{0}}}" }}'
    with pytest.raises(MappingRefused) as caught:
        fitted(load(fact(arrest.format("Lugar"))), header, None)
    assert (caught.value.code, caught.value.params["letters"]) == ("mapping.column_twice", "@B, @C")
    for named in ("@C", "Lugar (C)"):
        assert fitted(load(fact(arrest.format(named))), header, None).unused == ("nombre", "lugar (B)")
