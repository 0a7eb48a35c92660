"""Who proposes claims: the reader of the house."""

from __future__ import annotations

from datetime import date

from constancia.domain.claims.claim import Claim
from constancia.domain.language import Language


def propose(text: str, language: Language, published: date | None) -> list[Claim]:
    """What the reader finds in a text of `language`, published on a day."""
    return []
