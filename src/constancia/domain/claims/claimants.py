"""Claimants that the house knows by name: `claimants*.toml`. Any other is kept as it was written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from constancia.domain.claims.claim import ARTICLE
from constancia.domain.names import fold

ORGANISATION = "organisation"
"""The kind of claimants that bear one name in every language; offices are translated."""
_PARTS = ("", "_neighbours", "_americas", "_world", "_asia", "_offices")
_FILES = tuple(f"claimants{part}.toml" for part in _PARTS)
_HOST = re.compile(r"(?:https?://)?(?P<host>[a-z0-9.-]{3,253})(?:[:/?#]|$)")
_SPEAKER = re.compile(r"\s*\(([^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class Claimant:
    """One of `claimants*.toml`. `rule`: our population rule that restates its way of counting, or ""."""

    key: str
    name: str
    short: str
    kind: str
    country: str = ""
    rule: str = ""
    aliases: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


@cache
def claimants() -> Mapping[str, Claimant]:
    """All of them by key, in the order of the files."""
    folder = resources.files(__package__)
    tables = [tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8")) for name in _FILES]
    return MappingProxyType(
        {key: Claimant(key, **_shaped(fields)) for table in tables for key, fields in table.items()}
    )


def _shaped(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}


@cache
def _by_name() -> Mapping[str, str]:
    return MappingProxyType(
        {
            fold(name): one.key
            for one in claimants().values()
            for name in (one.key, one.name, one.short, *one.aliases)
        }
    )


def key_of(claimant: str) -> str:
    """The key of a claimant as written, whoever speaks for it: "Foro Penal (Somebody)" → "foro_penal".

    What the house does not know by name is its folded name; the text itself is "article".
    """
    if claimant == ARTICLE:
        return ARTICLE
    known = _by_name()
    if fold(claimant) in known:
        return known[fold(claimant)]
    bare = _SPEAKER.sub("", claimant)
    return known.get(fold(bare), fold(bare))


def printed(claimant: str) -> str:
    """The name to print for a key, or the name as it was given."""
    found = claimants().get(claimant)
    return found.name if found else claimant


def of_address(address: str) -> str | None:
    """The key of the claimant whose own site an address is at, if it is one's."""
    found = _HOST.match(address.strip().lower())
    host = found["host"] if found else ""
    return next(
        (
            one.key
            for one in claimants().values()
            for own in one.hosts
            if host == own or host.endswith(f".{own}")
        ),
        None,
    )
