"""Words for closed terms, kinds of fact and their fields, in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language

from constancia.domain.facts.kinds import KINDS


def english() -> bool:
    return (get_language() or "").startswith("en")


def group_of(value: StrEnum) -> str:
    """The vocabulary group of a term: CaseState → case_state."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(value).__name__).lower()


def term(group: str, value: str) -> str:
    """The words of one term; empty for no term."""
    return str(value)


def kind(name: str) -> str:
    """The words of a kind of fact."""
    return name


def field(name: str) -> str:
    """The words of a field of a fact."""
    return name


def said(kind: str, fields: Mapping[str, Any]) -> str:
    """The fields of a fact in one line: terms in words, lists with commas; long text is left for the page."""
    cls = KINDS.get(kind)
    parts = []
    for name, value in fields.items():
        wanted = cls.model_fields[name].annotation if cls and name in cls.model_fields else None
        if isinstance(wanted, type) and issubclass(wanted, StrEnum):
            parts.append(term(group_of(wanted(value)), str(value)))
        elif isinstance(value, bool):
            parts.append(field(name) if value else "")
        elif isinstance(value, list):
            parts.append(", ".join(map(str, value)))
        elif isinstance(value, int):
            parts.append(f"{field(name)} {value}")
        else:
            parts.append(str(value))
    return "; ".join(part for part in parts if part)
