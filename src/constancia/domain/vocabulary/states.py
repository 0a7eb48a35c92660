"""The states of Venezuela, by code: data, in `states.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from constancia.domain.language import Language
from constancia.domain.names import fold

_PREFIXES = ("estado ", "edo ", "est ")


@cache
def states() -> Mapping[str, Mapping[str, str]]:
    """Code → language → label, in alphabetical order."""
    return MappingProxyType(
        {code: {"es": s["name"], "en": s.get("en", s["name"])} for code, s in _table().items()}
    )


def state_label(code: str, language: Language = "es") -> str:
    """The label of a state; of another text, that text (other countries write their own)."""
    words = states().get(code)
    return words[language] if words else code


def state_code(text: str) -> str | None:
    """The code of the state that `text` names ("Edo. Táchira", "tachira", "Vargas"); None if none."""
    folded = fold(text)
    for prefix in _PREFIXES:
        folded = folded.removeprefix(prefix)
    return _by_name().get(folded)


def state_names() -> Mapping[str, str]:
    """Every name of a state as it is written ("Táchira", "Caracas", "D.C.") → its code."""
    return MappingProxyType(
        {
            name: code
            for code, state in _table().items()
            for name in (state["name"], state.get("en", state["name"]), *state.get("also", ()))
        }
    )


def region_code(text: str) -> str:
    """What a region is called wherever cases are shared out by region: the state's code, else the text
    without regard to case and blanks."""
    return state_code(text) or " ".join(text.split()).casefold()


@cache
def _table() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath("states.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = tomllib.loads(text)["ve"]
    return found


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, state in _table().items():
        for name in (code, state["name"], state.get("en", code), *state.get("also", ())):
            if found.setdefault(fold(name), code) != code:
                raise ValueError(f"two states are called {name}")
    return found
