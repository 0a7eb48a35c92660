"""Words for closed terms, kinds of fact and their fields, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, get_args, get_origin

from django.utils.translation import gettext as _

from constancia.apps.register.redacted import Gone
from constancia.domain.dates.build import day as known_day
from constancia.domain.dates.edtf import parse
from constancia.domain.dates.words import in_words
from constancia.domain.facts.kinds import KINDS
from constancia.domain.facts.redactable import DATE_WORDS
from constancia.domain.vocabulary import labels
from constancia.domain.vocabulary.frameworks import frameworks
from constancia.domain.vocabulary.states import state_label
from constancia.infra.spoken import language


def term(enum: str, value: str) -> str:
    """The words of one term of `enum` ("Custody", "free"); the value itself where there are none."""
    if not value:
        return ""
    try:
        return labels.label(f"{enum}.{value}", language())
    except KeyError:
        return value


def kind(name: str) -> str:
    """The words of a kind of fact."""
    return labels.kind_label(name, language())


def field(of_kind: str, name: str) -> str:
    """The words of a field of a kind of fact; of the date as the source said it, too."""
    if name == DATE_WORDS:
        return _("La fecha, como la dijo la fuente")
    return labels.field_label(of_kind, name, language())


def state(code: str) -> str:
    """The name of a state of the country, for its code."""
    return state_label(code, language())


def framework(code: str) -> str:
    """The title of a framework for recognition, for its code."""
    found = frameworks().get(code)
    return found.title(language()) if found else code


SPEAKS_FOR_ITSELF = frozenset(
    {
        "place",
        "state",
        "framework",
        "full",
        "contact_name",
        "said_tie",
        "reach",
        "value",
        "number",
        "detail",
        "group",
        "reasoning",
        "reason",
        "born",
    }
)
"""Text fields that need no label beside the kind of fact."""

PARTS_OF_ANOTHER = {"name": frozenset({"given", "surnames"}), "birth": frozenset({"words"})}
"""Fields that repeat another field of the same fact."""


def erased_words(gone: Gone) -> str:
    """What is read in the place of words that were erased: "[borrado: hay peligro, 3 de marzo de 2026, hecho
    17]"."""
    return _("[borrado: %(ground)s, %(day)s, hecho %(fact)s]") % {
        "ground": labels.label(gone.ground, language()).lower(),
        "day": in_words(known_day(gone.day), language()),
        "fact": gone.fact,
    }


def in_place(fields: Mapping[str, Any], gone: Mapping[str, Gone]) -> dict[str, Any]:
    """`fields` with `erased_words` where words were erased."""
    return {name: erased_words(gone[name]) if name in gone else value for name, value in fields.items()}


def said(of_kind: str, fields: Mapping[str, Any]) -> str:
    """The fields of a fact in one line, terms and states in words, lists with commas."""
    repeated = PARTS_OF_ANOTHER.get(of_kind, frozenset())
    parts = (_said(of_kind, name, value) for name, value in fields.items() if name not in repeated)
    return "; ".join(part for part in parts if part)


def _said(of_kind: str, name: str, value: Any) -> str:
    wanted = KINDS[of_kind].model_fields[name].annotation
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return term(wanted.__name__, str(value))
    if wanted is bool:
        return field(of_kind, name) if value else ""
    inner = next(
        (one for one in get_args(wanted) if isinstance(one, type) and issubclass(one, StrEnum)), None
    )
    if get_origin(wanted) is list:
        words = ", ".join(
            term(inner.__name__, str(one)) if inner else _listed(of_kind, name, str(one)) for one in value
        )
        return f"{field(of_kind, name).lower()}: {words}" if inner and words else words
    if inner is not None:
        return term(inner.__name__, str(value))
    if wanted is int:
        return f"{field(of_kind, name).lower()}: {value}" if value else ""
    words = str(value)
    if name == "state":
        words = state(words)
    elif name == "framework":
        words = framework(words)
    elif name == "born":
        words = in_words(parse(words), language())
    return words if name in SPEAKS_FOR_ITSELF else f"{field(of_kind, name).lower()}: {words}"


def _listed(of_kind: str, name: str, value: str) -> str:
    return f"{field(of_kind, name).lower()} {value}" if name == "criteria" else value
