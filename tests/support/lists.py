"""Invented lists to be linked: people with slips, as two organisations would write them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from constancia.domain.mapping.cells import Row
from constancia.domain.matching.linking.loading import load
from constancia.domain.matching.linking.reading import read
from constancia.domain.matching.linking.records import People

GIVEN = (
    "Zoraida",
    "Íñigo",
    "Onésima",
    "Belisario",
    "Ramona",
    "Teófilo",
    "Ligia",
    "Eusebio",
    "Nélida",
    "Críspulo",
)
SURNAMES = (
    "Urdaneta",
    "Peñalver",
    "Guanipa",
    "Azuaje",
    "Chirinos",
    "Tovar",
    "Quiaragua",
    "Marcano",
    "Yépez",
    "Ron",
)
HEADER = ("n", "nombres", "apellidos", "nacimiento", "cédula", "quién")
MAPPING = """
version = 1
id = ["n"]
truth = { as = "code", name = "who", column = "quién" }
[dates]
order = "dmy"
[[field]]
as = "given"
column = "nombres"
[[field]]
as = "surnames"
column = "apellidos"
[[field]]
as = "born"
column = "nacimiento"
[[field]]
as = "document"
column = "cédula"
"""
FREE = MAPPING.replace("version = 1", "version = 1\nduplicate_free = true")

Line = tuple[str, ...]


def lines(count: int, *, seed: int = 1, prefix: str = "", first: int = 0) -> list[Line]:
    """Invented people, the same for the same numbers; with a `prefix`, as another would write them."""
    found = []
    for number in range(first, first + count):
        who, slips = random.Random(number), random.Random(f"{seed} {number}")
        given, one, other = who.choice(GIVEN), who.choice(SURNAMES), who.choice(SURNAMES)
        day = f"{who.randint(1, 28):02d}/{who.randint(1, 12):02d}/{who.randint(1950, 2004)}"
        document = str(who.randint(4_000_000, 30_000_000))
        surnames = f"{one} {other}"
        if prefix:
            surnames = slips.choice([surnames, one, surnames.replace("ñ", "n").upper()])
            given = slips.choice([given, given[:-1], given.upper()])
            document = slips.choice([f"V-{document}", document, ""])
        found.append((f"{prefix}{number}", given, surnames, day, document, str(number)))
    return found


def people(written: Sequence[Line], mapping: str = MAPPING, header: Sequence[str] = HEADER) -> People:
    return read(load(mapping), header, [Row(n, tuple(line)) for n, line in enumerate(written, start=2)])
