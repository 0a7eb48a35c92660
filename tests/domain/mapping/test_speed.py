"""Not a benchmark: only that nothing in planning grows faster than the rows."""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time

from constancia.domain.mapping import PlannedCase, fitted, load
from constancia.domain.mapping.cells import Row

MAPPING = """
[source]
kind = "own_archive"
label = "archivo"
[dates]
order = "dmy"
[person]
scheme = "archivo"
id = ["id"]
[[fact]]
kind = "name"
fields = { full = "{nombre} {apellidos}", given = "{nombre}", surnames = "{apellidos}" }
[[fact]]
kind = "sex"
fields.value = { column = "sexo", values = { F = "woman", M = "man" } }
[[fact]]
kind = "identity_document"
fields = { number = "{cédula}" }
[[fact]]
kind = "age"
when = "detención"
fields.years = { column = "edad", as = "integer" }
[[fact]]
kind = "profile"
fields.value = { column = "perfil", values = { civil = "civilian", militar = "military" } }
[[fact]]
kind = "arrest"
when = "detención"
fields = { state = "{estado}", held_at = "{centro}" }
[[fact]]
kind = "charge"
fields.offences = { column = "cargos", split = ";" }
[[fact]]
kind = "release"
when = "salida"
fields.release = { column = "tipo", values = { medidas = "under_measures", plena = "full" } }
"""
HEADER = (
    "id", "nombre", "apellidos", "sexo", "cédula", "edad", "perfil",
    "detención", "estado", "centro", "cargos", "salida", "tipo",
)  # fmt: skip


def row(number: int) -> Row:
    begun = date(2020, 1, 1) + timedelta(days=number % 2000)
    out = begun + timedelta(days=number % 400)
    return Row(
        number,
        (
            str(number),
            f"Ana{number % 500}",
            f"Sol{number % 700} Mar",
            "FM"[number % 2],
            f"V-{number:08d}",
            str(18 + number % 60),
            "civil",
            f"{begun:%d/%m/%Y}",
            f"estado {number % 24}",
            f"centro {number % 90}",
            "traición; conspiración",
            f"{out:%d/%m/%Y}" if number % 3 else "",
            "medidas" if number % 3 else "",
        ),
    )


def test_ten_thousand_rows_are_planned_in_a_few_seconds() -> None:
    planner = fitted(load(MAPPING), HEADER, None)
    began = process_time()
    planned = [found for found in planner.plan(map(row, range(2, 10_002))) if isinstance(found, PlannedCase)]
    assert process_time() - began < 12
    assert sum(len(case.facts) for case in planned) > 80_000
