"""The definitions of the invented edition's figures, one for each that it shows."""

from __future__ import annotations

from typing import Literal

from constancia.domain.publishing.content import Defined
from tests.support.edition_tables import words

HASH = "ab" * 32
FIGURES: tuple[tuple[str, str, str, Literal["stock", "flow", "cumulative"]], ...] = (
    ("arrested", "Detenciones", "Arrested", "flow"),
    ("full_releases", "Libertades plenas", "Full releases", "flow"),
    ("under_measures", "Bajo medidas", "Under measures", "stock"),
    ("whereabouts_unknown", "De paradero desconocido", "Whereabouts unknown", "stock"),
    ("detained_since", "Detenidas desde una fecha", "Detained since a date", "cumulative"),
)


def other_definitions() -> tuple[Defined, ...]:
    """Those of the figures beside "held" and "released"."""
    return tuple(
        Defined(
            name=name,
            version=1,
            sha256=HASH,
            label=words(es, en),
            meaning=words(f"{es}: a quiénes se cuenta.", f"{en}: who is counted."),
            measure=measure,
            unit="persons",
            entry_grade="verified",
            exit_grade="verified",
        )
        for name, es, en, measure in FIGURES
    )
