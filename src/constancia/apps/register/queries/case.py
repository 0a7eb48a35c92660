"""One case as it stood on a day, as known at an instant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactLine:
    """To be filled with the timeline's case view."""

    seq: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """To be filled with the timeline's case view."""

    code: str


def case() -> CasePage:
    """To be filled with the timeline's case view."""
    raise NotImplementedError
