"""Invented documents, and claims in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from constancia.apps.claims.services import DocumentGiven
from constancia.domain.claims.claim import Claim
from constancia.domain.vocabulary.terms import ClaimUnit, PublicationKind, Qualifier, Said

TEXT = (
    "El Comité Imaginario contó 120 personas presas el 3 de marzo.\n"
    "De ellas, 20 son mujeres y 100 son hombres.\n"
    "El gobierno anunció la salida de 30."
)


def paper(text: str = TEXT, title: str = "Un balance inventado") -> DocumentGiven:
    return DocumentGiven(
        title=title,
        publisher="Diario Inventado",
        kind=PublicationKind.ARTICLE,
        language="es",
        published=date(2026, 3, 4),
        text=text,
        address="https://diario.example/balance",
    )


def held(quote: str = "120 personas presas", value: int = 120, text: str = TEXT) -> Claim:
    return Claim(
        quote=quote,
        start=text.index(quote),
        value=value,
        qualifier=Qualifier.EXACT,
        unit=ClaimUnit.PERSONS,
        about=Said.HELD,
        claimant="Comité Imaginario",
        as_of=date(2026, 3, 3),
    )


def about(claim: Claim, **changes: object) -> Claim:
    return replace(claim, **changes)  # type: ignore[arg-type]
