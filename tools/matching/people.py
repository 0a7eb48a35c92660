"""Invented people with names as common as they are in Spain, from the tables of the INE (CONSTANCIA_SHARED).

Instituto Nacional de Estadística, open reuse. Nobody is meant: given names and surnames are drawn
independently of each other. Some people are brothers and sisters, some namesakes, some of the same family.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

GIVEN, SURNAMES = 900, 4000
"""The most common ones are drawn from."""
STATES = {
    "distrito_capital": 12, "miranda": 11, "zulia": 13, "carabobo": 8, "lara": 7, "aragua": 6, "bolivar": 5.5,
    "anzoategui": 5.5, "tachira": 4.5, "merida": 3.5, "falcon": 3.5, "sucre": 3.3, "monagas": 3.2,
    "portuguesa": 3.2, "barinas": 3, "guarico": 2.8, "trujillo": 2.7, "yaracuy": 2.3, "apure": 1.8,
    "nueva_esparta": 1.8, "cojedes": 1.2, "la_guaira": 1.3, "delta_amacuro": 0.6, "amazonas": 0.5,
}  # fmt: skip
"""States with a rough share of the people, for drawing; not a statistic."""
_ACCENTS = {
    "JOSE": "José", "MARIA": "María", "JESUS": "Jesús", "ANGEL": "Ángel", "RAMON": "Ramón", "TOMAS": "Tomás",
    "ANDRES": "Andrés", "RUBEN": "Rubén", "GARCIA": "García", "GONZALEZ": "González",
    "RODRIGUEZ": "Rodríguez",
    "FERNANDEZ": "Fernández", "LOPEZ": "López", "MARTINEZ": "Martínez", "SANCHEZ": "Sánchez",
    "PEREZ": "Pérez",
    "GOMEZ": "Gómez", "HERNANDEZ": "Hernández", "DIAZ": "Díaz", "LUCIA": "Lucía", "SOFIA": "Sofía",
    "VICTOR": "Víctor", "CESAR": "César", "HECTOR": "Héctor", "OSCAR": "Óscar", "IVAN": "Iván",
    "RAUL": "Raúl",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person. `given2`, `surname2`: "" for who has none. `year`: of birth."""

    given: str
    given2: str
    surname: str
    surname2: str
    woman: bool
    year: int
    state: str

    @property
    def full(self) -> str:
        return " ".join(part for part in (self.given, self.given2, self.surname, self.surname2) if part)


class Draw:
    """Draws people, always the same ones for a seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self._men = _table(folder / "ine_hombres.csv", "frec", GIVEN, single=True)
        self._women = _table(folder / "ine_mujeres.csv", "frec", GIVEN, single=True)
        both = [folder / "ine_apellidos.csv", folder / "ine_apellidos-20.csv"]
        self._surnames = _table(both[0], "frec_pri", SURNAMES, more=both[1])

    def surnames(self, count: int) -> list[str]:
        return [_cased(word) for word in self.random.choice(self._surnames[0], count, p=self._surnames[1])]

    def people(self, count: int) -> list[Invented]:
        """Strangers to each other."""
        rng = self.random
        woman = rng.random(count) < 0.15
        names = [
            np.where(
                woman,
                rng.choice(self._women[0], count, p=self._women[1]),
                rng.choice(self._men[0], count, p=self._men[1]),
            )
            for _ in range(2)
        ]
        first, second = self.surnames(count), self.surnames(count)
        two_given, two_surnames = rng.random(count) < 0.8, rng.random(count) < 0.95
        years = rng.normal(1988, 12, count).astype(int).clip(1940, 2010)
        weights = np.array(list(STATES.values()))
        states = rng.choice(list(STATES), count, p=weights / weights.sum())
        return [
            Invented(
                _cased(str(names[0][i])), _cased(str(names[1][i])) if two_given[i] else "",
                first[i], second[i] if two_surnames[i] else "", bool(woman[i]), int(years[i]), str(states[i]),
            )
            for i in range(count)
        ]  # fmt: skip


def _table(
    path: Path, column: str, most: int, *, single: bool = False, more: Path | None = None
) -> tuple[list[str], np.ndarray]:
    counts: dict[str, float] = {}
    for one in (path, more) if more else (path,):
        with one.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                name = row.get("nombre") or row.get("apellido") or ""
                if name and not (single and " " in name) and name not in counts:
                    counts[name] = float(row[column] or 0)
    best = sorted(counts.items(), key=lambda item: -item[1])[:most]
    weights = np.array([weight for _, weight in best])
    return [name for name, _ in best], weights / weights.sum()


def _cased(name: str) -> str:
    small = {"DE", "DEL", "LA", "LAS", "LOS", "Y"}
    return " ".join(_ACCENTS.get(w, w.lower() if w in small else w.capitalize()) for w in name.split())
