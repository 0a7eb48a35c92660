"""The written policy: how small a group may be that is shown, and what is exempt.

The text of a policy is data (`policies/*.toml`; the format is explained at the top of that file).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from constancia.domain.errors import InputRefused

TOTAL = "total"
"""What `exempt` calls the totals without breakdown."""

_KEYS = {"name", "version", "threshold", "sensitive", "exempt", "why"}


@dataclass(frozen=True)
class Policy:
    """`threshold` in persons: a cell is sensitive when it counts 1 to threshold - 1.

    `sensitive`: the categories ("age_group=adolescent"), or whole dimensions ("group"), in which a small
    change between editions isolates people. `exempt`: names of tables, or TOTAL. `why`: the reason in Spanish
    ("es") and English ("en").

    Raises InputRefused `disclosure.threshold` below 2 (1 would protect nobody).
    """

    threshold: int = 5
    sensitive: frozenset[str] = frozenset()
    exempt: frozenset[str] = frozenset({TOTAL})
    name: str = "constancia"
    version: int = 1
    why: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if self.threshold < 2:
            raise InputRefused("disclosure.threshold")

    @staticmethod
    def load(text: str | None = None) -> Policy:
        """The policy written in `text` (TOML); the shipped one without it.

        Raises InputRefused `disclosure.policy_unreadable`, `disclosure.policy_key` (unknown, missing or of
        another type, with `where`), `disclosure.threshold`.
        """
        return _shipped() if text is None else _read(text)

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions that have a sensitive category."""
        return frozenset(one.partition("=")[0] for one in self.sensitive)

    def concerns(self, key: Iterable[tuple[str, str]]) -> bool:
        """Whether a cell, by (dimension, category) of each dimension that it splits by, is in a sensitive
        category."""
        return any(
            dimension in self.sensitive or f"{dimension}={category}" in self.sensitive
            for dimension, category in key
        )

    def small(self, persons: int) -> bool:
        """Whether so many persons are too few to be shown."""
        return 0 < persons < self.threshold


def _read(text: str) -> Policy:
    try:
        data = tomllib.loads(text)
    except (ValueError, OverflowError, RecursionError) as error:  # also: too deep, too many digits
        raise InputRefused("disclosure.policy_unreadable") from error
    for key in sorted(_KEYS ^ data.keys()):
        raise InputRefused("disclosure.policy_key", where=key)
    why = data["why"]
    if not (
        isinstance(why, dict) and set(why) == {"es", "en"} and all(isinstance(w, str) for w in why.values())
    ):
        raise InputRefused("disclosure.policy_key", where="why")
    if not isinstance(data["name"], str):
        raise InputRefused("disclosure.policy_key", where="name")
    return Policy(
        _whole(data, "threshold"),
        _names(data, "sensitive"),
        _names(data, "exempt"),
        data["name"],
        _whole(data, "version"),
        why,
    )


def _whole(data: Mapping[str, Any], key: str) -> int:
    value = data[key]
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputRefused("disclosure.policy_key", where=key)
    return value


def _names(data: Mapping[str, Any], key: str) -> frozenset[str]:
    value = data[key]
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InputRefused("disclosure.policy_key", where=key)
    return frozenset(value)


@cache
def _shipped() -> Policy:
    text = resources.files(__package__).joinpath("policies/constancia-1.toml").read_text(encoding="utf-8")
    return _read(text)
