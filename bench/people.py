"""A spreadsheet of invented people as an organisation might have kept it: one row each, about seven facts."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

from constancia.apps.demo.names import invented_people
from constancia.domain.vocabulary.terms import Sex

COLUMNS = (
    "id", "nombre", "cedula", "nacimiento", "sexo", "perfil",
    "detencion", "estado", "lugar", "autoridad", "salida", "tipo_salida", "visto", "sabido",
)  # fmt: skip
STATES = (
    "distrito capital",
    "zulia",
    "miranda",
    "lara",
    "carabobo",
    "táchira",
    "bolívar",
    "anzoátegui",
    "mérida",
)
PLACES = (
    "Penal del Norte",
    "Retén Central",
    "Cárcel del Valle",
    "Comando Sur",
    "Centro Los Robles",
    "Anexo Femenino",
)
AUTHORITIES = ("policía nacional", "guardia nacional", "inteligencia militar", "policía estatal")
EXITS = ("medidas", "domiciliaria", "plena")
FIRST, LAST, DAYS = date(2014, 2, 1), date(2026, 1, 1), 4_300
LEFT = 0.88
"""Share of people who have left prison: about one in eight is still held, as in registers of this kind."""


def write(path: Path, size: int, seed: int = 7) -> None:
    """Writes `size` rows as UTF-8 CSV with semicolons; the same rows for the same arguments."""
    rng = Random(seed)
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter=";")
        table.writerow(COLUMNS)
        for number, person in enumerate(invented_people(seed, size), start=1):
            arrest = FIRST + timedelta(days=rng.randrange(DAYS))
            left = arrest + timedelta(days=1 + int(rng.expovariate(1 / 500))) if rng.random() < LEFT else None
            left = left if left and left < LAST else None
            table.writerow(
                (
                    f"B{number:07d}",
                    person.name.full,
                    person.number if rng.random() < 0.3 else "",
                    person.born.strftime("%d/%m/%Y"),
                    "F" if person.sex is Sex.WOMAN else "M",
                    rng.choices(("", "militar", "policía"), (80, 17, 3))[0],
                    arrest.strftime("%d/%m/%Y") if rng.random() < 0.9 else arrest.strftime("%m/%Y"),
                    rng.choice(STATES),
                    rng.choice(PLACES),
                    rng.choice(AUTHORITIES),
                    left.strftime("%d/%m/%Y") if left else "",
                    rng.choice(EXITS) if left else "",
                    "sí" if left and rng.random() < 0.9 else "",
                    ((left or arrest) + timedelta(days=rng.randrange(30))).strftime("%d/%m/%Y"),
                )
            )
