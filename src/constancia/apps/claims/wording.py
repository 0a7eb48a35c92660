"""Claims in the words of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from constancia.apps.register.wording import state
from constancia.domain.claims.claim import ARTICLE
from constancia.domain.claims.spoken import as_kept, spoken
from constancia.domain.figures import words
from constancia.domain.names import fold
from constancia.domain.vocabulary.labels import label
from constancia.infra.spoken import language

OF_THE_TEXT = {"es": "el propio texto", "en": "the text itself"}


def claimant(name: str) -> str:
    """Whose claim it is, in the language of the page."""
    return OF_THE_TEXT[language()] if name == ARTICLE else spoken(name, language())


def claimant_written(name: str) -> str:
    """What is kept for a claimant as a person wrote it: the reverse of `claimant`."""
    return ARTICLE if fold(name) in _SELF else as_kept(name)


_SELF = {ARTICLE, *map(fold, OF_THE_TEXT.values())}


def trait(name: str) -> str:
    """What a trait of whom a claim counts is called."""
    return _("País") if name == "country" else words.of_dimension(name, language())


def trait_value(name: str, value: str) -> str:
    """One value of a trait."""
    if name == "state":
        return state(value)
    return value if name == "country" else words.of_category(name, value, language())


SPEAK_FOR_THEMSELVES = frozenset({"sex", "age_group", "profile", "nationality", "convicted", "group", "kind"})


def traits(filters: Mapping[str, str]) -> list[str]:
    """Who is counted, as far as it is said in traits: "Mujeres", "Paradero: Desconocido"."""
    return [
        words if name in SPEAK_FOR_THEMSELVES else f"{trait(name)}: {words}"
        for name, value in filters.items()
        for words in [trait_value(name, value)]
    ]


def of_itself(name: str) -> str:
    """What a field in which a document speaks of itself is called."""
    return {
        "title": _("Título"),
        "publisher": _("Quién lo publica"),
        "kind": _("Qué es"),
        "language": _("Idioma del texto"),
        "published": _("Día que lleva"),
        "address": _("Dirección"),
    }[name]


LANGUAGES = {"es": "español", "en": "English"}


def said_of_itself(value: str, name: str) -> str:
    """What a document says of itself in the field `name`, which is not its day."""
    if name == "kind":
        return label(f"PublicationKind.{value}", language())
    return LANGUAGES.get(value, value) if name == "language" else value
