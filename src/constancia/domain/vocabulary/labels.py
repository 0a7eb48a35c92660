"""Labels of the closed terms, of the kinds of fact and of their fields, in Spanish and English.

The words are data: `labels/*.toml`. `_title` under a term's enum is the label of the enum itself.
A test refuses gaps: a new member, kind or field without both labels fails.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import Enum, IntEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from constancia.domain.language import Language

Words = Mapping[str, str]
_FACTS = "facts.toml"


def _folder() -> Any:
    return resources.files(__package__).joinpath("labels")


@cache
def term_labels() -> Mapping[str, Words]:
    """ "Custody.in_custody" → {"es": …, "en": …}, for every term; "Custody" → the label of the enum."""
    found: dict[str, Words] = {}
    for file in sorted(_folder().iterdir(), key=lambda f: str(f.name)):
        if not file.name.endswith(".toml") or file.name == _FACTS:
            continue
        for enum, members in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for value, words in members.items():
                key = enum if value == "_title" else f"{enum}.{value}"
                if key in found:
                    raise ValueError(f"two labels for {key}")
                found[key] = words
    return MappingProxyType(found)


@cache
def fact_labels() -> Mapping[str, Any]:
    """`labels/facts.toml`: "kinds", "fields" (for all kinds) and "of" (kind → its own field labels)."""
    return MappingProxyType(tomllib.loads(_folder().joinpath(_FACTS).read_text(encoding="utf-8")))


def key_of(member: Enum) -> str:
    """ "Custody.in_custody"; grades go by name ("Grade.verified"), for their value is a rank."""
    value = member.name.lower() if isinstance(member, IntEnum) else member.value
    return f"{type(member).__name__}.{value}"


def label(term: Enum | str, language: Language = "es") -> str:
    """The label of a member, or of "Enum.value" (`Custody.free`), or of an enum by name ("Custody").

    KeyError if there is none.
    """
    return term_labels()[term if isinstance(term, str) and not isinstance(term, Enum) else key_of(term)][
        language
    ]


def exit_label(exit_kind: str, language: Language = "es") -> str:
    """The label of a state version's `exit_kind`: "release.full", "closed.amnesty", "death", "escape"."""
    family, _, kind = exit_kind.partition(".")
    if family == "release":
        return label(f"ReleaseKind.{kind}", language)
    if family == "closed":
        return label(f"ClosureKind.{kind}", language)
    return label(f"ExitKind.{exit_kind}", language)


def kind_label(kind: str, language: Language = "es") -> str:
    """The label of a kind of fact. KeyError if there is none."""
    found: str = fact_labels()["kinds"][kind][language]
    return found


def field_label(kind: str, field: str, language: Language = "es") -> str:
    """The label of a field of a kind: its own where it has one, else the field's. KeyError if none."""
    facts = fact_labels()
    words = facts["of"].get(kind, {}).get(field) or facts["fields"][field]
    found: str = words[language]
    return found
