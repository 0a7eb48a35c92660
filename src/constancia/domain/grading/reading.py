"""Reading a policy from TOML, refusing what it does not know."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from constancia.domain.errors import InputRefused
from constancia.domain.facts.record import Source
from constancia.domain.vocabulary.terms import SourceKind

_TOP = {"name", "version", "defaults", "kinds"}
_LEVELS = ("never_alone", "corroborated", "verified")
_CONDITIONS = {"sources", "min_reliability", "independent_sources", "confirmations"}
_LETTERS = "ABCDE"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way of reaching a level; every condition must hold. See `policies/constancia-1.toml`."""

    sources: frozenset[SourceKind]
    min_reliability: str
    independent_sources: int
    confirmations: int

    def qualifying(self, sources: Sequence[Source]) -> list[Source]:
        """The sources that this alternative counts."""
        found = [s for s in sources if s.kind in self.sources] if self.sources else list(sources)
        if self.min_reliability:
            found = [s for s in found if s.reliability.value <= self.min_reliability]
        return found

    def met(self, sources: Sequence[Source], confirmations: int) -> bool:
        """Whether the sources and confirmations are enough."""
        if confirmations < self.confirmations:
            return False
        found = self.qualifying(sources)
        return len({s.group or s.id for s in found}) >= self.independent_sources


@dataclass(frozen=True, slots=True)
class Rules:
    """The levels of one kind of fact. An empty level cannot be reached."""

    never_alone: frozenset[SourceKind]
    corroborated: tuple[Alternative, ...]
    verified: tuple[Alternative, ...]


_NOTHING = Rules(frozenset(), (), ())


def read_policy(text: str, known_kinds: frozenset[str]) -> tuple[str, int, Rules, dict[str, Rules]]:
    """Name, version, defaults and rules by kind.

    Raises InputRefused: `policy.unreadable` (no TOML), `policy.key` (unknown or missing key, with `where`),
    `policy.value` (a value that is not of the vocabulary or type), `policy.kind` (no such kind of fact).
    """
    try:
        table = tomllib.loads(text)
    except (ValueError, OverflowError, RecursionError):  # also: too deep, too many digits
        raise InputRefused("policy.unreadable") from None
    _only(table, _TOP, "policy")
    name, version = table.get("name"), table.get("version")
    if not isinstance(name, str) or not name:
        raise InputRefused("policy.value", where="name")
    if type(version) is not int or version < 1:
        raise InputRefused("policy.value", where="version")
    if "defaults" not in table:
        raise InputRefused("policy.key", where="policy", key="defaults")
    defaults = _rules(table["defaults"], "defaults", _NOTHING)
    rules = {}
    for kind, levels in _table(table.get("kinds", {}), "kinds").items():
        if kind not in known_kinds:
            raise InputRefused("policy.kind", kind=kind)
        rules[kind] = _rules(levels, f"kinds.{kind}", defaults)
    return name, version, defaults, rules


def _rules(levels: Any, where: str, defaults: Rules) -> Rules:
    table = _table(levels, where)
    _only(table, set(_LEVELS), where)
    return Rules(
        _source_kinds(table["never_alone"], f"{where}.never_alone")
        if "never_alone" in table
        else defaults.never_alone,
        _alternatives(table["corroborated"], f"{where}.corroborated")
        if "corroborated" in table
        else defaults.corroborated,
        _alternatives(table["verified"], f"{where}.verified") if "verified" in table else defaults.verified,
    )


def _alternatives(value: Any, where: str) -> tuple[Alternative, ...]:
    if not isinstance(value, list):
        raise InputRefused("policy.value", where=where)
    return tuple(_alternative(entry, f"{where}[{n}]") for n, entry in enumerate(value, 1))


def _alternative(value: Any, where: str) -> Alternative:
    table = _table(value, where)
    _only(table, _CONDITIONS, where)
    if not table:  # no condition at all would verify everything
        raise InputRefused("policy.value", where=where)
    kinds = _source_kinds(table["sources"], f"{where}.sources") if "sources" in table else frozenset()
    letter = table.get("min_reliability", "")
    if "min_reliability" in table and (not isinstance(letter, str) or letter not in _LETTERS or not letter):
        raise InputRefused("policy.value", where=f"{where}.min_reliability")
    if "sources" in table and not kinds:
        raise InputRefused("policy.value", where=f"{where}.sources")
    return Alternative(
        kinds,
        letter,
        _count(table.get("independent_sources", 1), f"{where}.independent_sources"),
        _count(table.get("confirmations", 0), f"{where}.confirmations", least=0),
    )


def _source_kinds(value: Any, where: str) -> frozenset[SourceKind]:
    if not isinstance(value, list):
        raise InputRefused("policy.value", where=where)
    try:
        return frozenset(SourceKind(kind) for kind in value)
    except ValueError:
        raise InputRefused("policy.value", where=where) from None


def _count(value: Any, where: str, least: int = 1) -> int:
    if type(value) is not int or not least <= value <= 20:
        raise InputRefused("policy.value", where=where)
    return value


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InputRefused("policy.value", where=where)
    return value


def _only(table: Mapping[str, Any], allowed: set[str], where: str) -> None:
    for key in table:
        if key not in allowed:
            raise InputRefused("policy.key", where=where, key=key)
