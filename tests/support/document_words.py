"""The invented texts of the sample report (`document_words.toml`), and its states and places."""

from __future__ import annotations

import tomllib
from pathlib import Path

from constancia.domain.language import Language

PROSE: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


def said(key: str, language: Language) -> str:
    """One short text: a title, a caption, the head of a table (its columns joined by |)."""
    return PROSE[key][language][0]


STATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Distrito Capital", ("Centro Ejemplar Norte", "Centro Ejemplar Sur", "Comando Ejemplar")),
    ("Miranda", ("Internado Ejemplar I", "Internado Ejemplar II", "Anexo femenino Ejemplar")),
    ("Zulia", ("Centro Ejemplar del Lago", "Comando Ejemplar 11")),
    ("Lara", ("Centro Ejemplar de Occidente",)),
    ("Carabobo", ("Penal Ejemplar", "Mínima Ejemplar")),
    ("Aragua", ("Centro Ejemplar de Aragua",)),
    ("Táchira", ("Centro Ejemplar de los Andes", "Puesto fronterizo Ejemplar")),
    ("Bolívar", ("Centro Ejemplar del Orinoco",)),
    ("Anzoátegui", ("Centro Ejemplar de Oriente",)),
    ("Mérida", ()),
    ("Trujillo", ()),
    ("Barinas", ("Internado Ejemplar de los Llanos",)),
    ("Portuguesa", ()),
    ("Falcón", ()),
    ("La Guaira", ("Retén Ejemplar",)),
    ("Sucre", ()),
    ("No se sabe", ()),
)

PLACES = (*(place for _, places in STATES for place in places), "Domicilio, con custodia", "No se sabe")
