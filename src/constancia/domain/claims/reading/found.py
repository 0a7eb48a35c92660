"""A claim in the making, and the part of a sentence that is one number's."""

from __future__ import annotations

from dataclasses import dataclass

from constancia.domain.claims.claim import ARTICLE
from constancia.domain.claims.claimants import key_of
from constancia.domain.claims.reading.cast import Speaker
from constancia.domain.claims.reading.dating import Dated
from constancia.domain.claims.reading.frames import Noun
from constancia.domain.claims.reading.quantities import Quantity
from constancia.domain.vocabulary.terms import ClaimUnit, Said


@dataclass(frozen=True, slots=True)
class Found:
    """A claim in the making, with what later ones go on from."""

    quantity: Quantity
    noun: Noun | None
    said: Said
    unit: ClaimUnit
    speaker: Speaker | None
    dated: Dated
    span: tuple[int, int]
    paragraph: int
    sentence: int
    inherited: bool = False
    rank: int = 9


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a sentence that is one number's. `counted`: the noun it shares with the whole that it is
    part of ("8 out of 182 prisoners"); `whole`: it is itself such a whole."""

    left: int
    limit: int
    counted: Noun | None = None
    whole: bool = False


def speaker_key(speaker: Speaker | None) -> str:
    """One key for an organisation and whoever speaks for it."""
    return ARTICLE if speaker is None else key_of(speaker.org or speaker.label)
