"""Who proposes claims: the reader of the house, and the organisation's own model where settings name one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from constancia.domain.claims.answers import INSTRUCTION, claims_in
from constancia.domain.claims.claim import Claim
from constancia.domain.claims.claimants import claimants, key_of, of_address
from constancia.domain.claims.reading import read
from constancia.domain.claims.reading.lexicon import lexicon
from constancia.domain.claims.reading.quantities import quantities
from constancia.domain.claims.reading.view import view
from constancia.domain.claims.reconcile.populations import counted
from constancia.domain.errors import DeploymentRefused
from constancia.domain.language import Language
from constancia.infra import unlocked
from constancia.infra.local_model import LocalModel


def propose(
    text: str, language: Language, published: date | None, publisher: str = "", address: str = ""
) -> list[Claim]:
    """What the reader finds in a text of `language`, published on a day.

    `publisher`, `address`: an organisation that the house knows speaks for itself in a text of its own.
    Words that say no more of whom it counts than its traits do, or than "prisoners", are left out.
    """
    own = publisher if publisher and key_of(publisher) in claimants() else of_address(address)
    claims = read(text, language=language, published=published, publisher=own)
    return [claim if counted(claim.category).population else replace(claim, category="") for claim in claims]


def propose_by_model(text: str) -> list[Claim]:
    """What the model of the settings finds, as far as the text bears it out.

    Raises DeploymentRefused `model.off` or `model.address`, StoreRefused `model.silent`.
    """
    settings = unlocked.home().settings
    if not settings.reader_model_address:
        raise DeploymentRefused("model.off")
    model = LocalModel(settings.reader_model_address, settings.reader_model_name)
    return claims_in(model.complete(INSTRUCTION, text), text, numbers)


def numbers(text: str) -> set[int]:
    """The numbers that the reader sees in a piece of text, in figures or in words, in either language."""
    folded = view(text).folded
    return {
        quantity.value
        for words in (lexicon("es"), lexicon("en"))
        for quantity in quantities(folded, 0, len(folded), words)
    }
