"""Places of detention in Venezuela and their names: data, in `prisons.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from constancia.domain.names import fold

_BRACKETS = re.compile(r"\s*\([^()]*\)")
_KIND = re.compile(
    r"^(?:el |la |the )?(?:carcel|penal|prision|centro penitenciario|internado judicial|reten"
    r"|calabozos|sede|prison)"
    r"(?: militar| femenino| judicial| metropolitano)?(?: de| del| of)?(?: la)? "
)
_AFTER = re.compile(r" (?:prison|jail|penitentiary|detention cent(?:er|re)|military prison)$")


@dataclass(frozen=True, slots=True)
class Prison:
    """`state`: the code of the state it lies in, "" for a name of several places. `only_in`: see the file."""

    name: str
    names: tuple[str, ...]
    state: str
    only_in: bool


@cache
def prisons() -> Mapping[str, Prison]:
    """All of them by key."""
    text = resources.files(__package__).joinpath("prisons.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            key: Prison(
                one["name"], (one["name"], *one.get("also", ())), one.get("state", ""), one.get("in", False)
            )
            for key, one in tomllib.loads(text)["ve"].items()
        }
    )


@cache
def prisons_by_name() -> Mapping[str, Prison]:
    """Each by every name it has, folded. ValueError where two share one."""
    found: dict[str, Prison] = {}
    for one in prisons().values():
        for name in one.names:
            if found.setdefault(fold(name), one) is not one:
                raise ValueError(f"two prisons are called {name}")
    return MappingProxyType(found)


def prison_name(text: str) -> str:
    """The name under which one place of detention is the same however it is written ("Rodeo 1 (Miranda)",
    "cárcel de El Rodeo I" → "El Rodeo I"); of an unknown one, the text without regard to case and blanks."""
    folded = fold(_BRACKETS.sub("", text)).strip()
    for name in (
        folded,
        _AFTER.sub("", folded),
        _KIND.sub("", folded),
        _AFTER.sub("", _KIND.sub("", folded)),
    ):
        if name in prisons_by_name():
            return prisons_by_name()[name].name
    return folded or fold(text)
