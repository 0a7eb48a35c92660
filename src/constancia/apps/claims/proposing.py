"""Who proposes claims: the reader of the house, and the organisation's own model where settings name one."""

from __future__ import annotations

import re
from datetime import date

from constancia.domain.claims.answers import INSTRUCTION, claims_in
from constancia.domain.claims.claim import Claim
from constancia.domain.errors import DeploymentRefused
from constancia.domain.language import Language
from constancia.infra import unlocked
from constancia.infra.local_model import LocalModel


def propose(text: str, language: Language, published: date | None) -> list[Claim]:
    """What the reader finds in a text of `language`, published on a day."""
    return []


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
    return {int(re.sub(r"\D", "", found)) for found in re.findall(r"\d[\d.,]*", text)}
