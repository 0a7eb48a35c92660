"""What is wrong with a text, and where; collected, so that an editor sees all of it at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

from constancia.domain.errors import InputRefused

MOST = 200
"""More problems of one report than anybody reads; further ones are not collected."""

_SUGGESTIONS = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault at a line (from 1) of a file of the folder; `error` has its words."""

    file: str
    line: int
    error: InputRefused


@dataclass(slots=True)
class Problems:
    """All faults of a report, in the order in which they were found."""

    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int, error: InputRefused) -> None:
        if len(self.found) < MOST:
            self.found.append(Problem(file, line, error))

    def near(self, name: str, known: list[str]) -> str:
        """Up to three names like this one, as words; "" where none is like it (or after many problems)."""
        if len(self.found) >= _SUGGESTIONS or len(name) > 80:
            return ""
        small = {one.casefold(): one for one in known}
        close = get_close_matches(name.casefold(), list(small), n=3, cutoff=0.6)
        return ", ".join(small[one] for one in close)


def shown(text: str, most: int = 60) -> str:
    """A word of a text as an error repeats it: short."""
    return text if len(text) <= most else f"{text[:most]}…"
