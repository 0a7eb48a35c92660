"""What the pages of importing say, in the language of the page."""

from __future__ import annotations

from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.mapping import Refusal
from constancia.infra.spoken import language


def why(refusal: Refusal) -> str:
    """The sentence of a refusal."""
    return explain(InputRefused(refusal.code, **dict(refusal.params)), language())
