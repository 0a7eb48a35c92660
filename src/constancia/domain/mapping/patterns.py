"""The regular expressions of a mapping, which somebody else wrote: bounded in time and in what they make.

Python's own engine cannot be stopped, and `(a+)+$` on thirty letters keeps it busy for longer than anyone
waits, while an import holds the writers' turn. The `regex` engine reads the same language and can. What
it has beyond that language (recursion, which eats memory, for one) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

import regex

from constancia.domain.errors import MappingRefused

LONGEST_LOOK = 0.5
"""Seconds that one pattern may look at one cell."""
LONGEST_ALL = 120.0
"""Seconds that all patterns of a mapping may look at all cells of a file; honest ones need a few."""
LARGEST_RESULT = 100_000
"""Characters that replacing or finding may make of one cell."""
LARGEST_PATTERN = 20_000
"""What a pattern may come to with its counted repetitions written out: `(a{1000}){1000}` is a million."""

_COUNT = re.compile(r"\{(\d*)(?:,(\d*))?\}")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]?", re.DOTALL)

T = TypeVar("T")


class Patience:
    """How long the patterns of one mapping may still look. One for each reading of a file."""

    __slots__ = ("left",)

    def __init__(self, seconds: float = LONGEST_ALL) -> None:
        self.left = seconds


class Pattern:
    """One compiled expression. What takes too long is refused: MappingRefused `mapping.pattern_slow`."""

    __slots__ = ("_compiled", "_patience", "_place", "groups")

    def __init__(self, written: str, place: str, patience: Patience) -> None:
        """Raises MappingRefused `mapping.pattern` if `written` is no regular expression."""
        try:
            re.compile(written)
            if written_out(written) > LARGEST_PATTERN:
                raise MappingRefused("mapping.pattern_large", place=place)
            self._compiled = regex.compile(written)
        except (re.error, regex.error, OverflowError, RecursionError, ValueError, MemoryError):
            raise MappingRefused("mapping.pattern", place=place) from None
        self._place = place
        self._patience = patience
        self.groups: int = self._compiled.groups

    def found_in(self, text: str) -> bool:
        return self._timed(lambda: self._compiled.search(text, timeout=LONGEST_LOOK)) is not None

    def first(self, text: str) -> str | None:
        """The first group of the first match, or all that matches; None without a match."""
        found = self._timed(lambda: self._compiled.search(text, timeout=LONGEST_LOOK))
        return None if found is None else ((found.group(1) if self.groups else found.group()) or "")

    def each(self, text: str) -> list[str]:
        """What `first` gives, of every match."""
        matches = self._timed(lambda: list(self._compiled.finditer(text, timeout=LONGEST_LOOK)))
        pieces: list[str] = []
        size = 0
        for found in matches:
            pieces.append((found.group(1) if self.groups else found.group()) or "")
            size += len(pieces[-1])
            self._refuse_growth(size)
        return pieces

    def taken(self, take: str, text: str) -> str | None:
        """`take` with the groups of the first match in it; None without a match."""
        found = self._timed(lambda: self._compiled.search(text, timeout=LONGEST_LOOK))
        return None if found is None else self._expanded(found, take)

    def replaced(self, take: str, text: str) -> str:
        """`text` with every match replaced by `take`."""
        matches = self._timed(lambda: list(self._compiled.finditer(text, timeout=LONGEST_LOOK)))
        if not matches:
            return text
        pieces: list[str] = []
        at = size = 0
        for found in matches:
            pieces += [text[at : found.start()], self._expanded(found, take)]
            size += len(pieces[-1])
            self._refuse_growth(size)
            at = found.end()
        return "".join([*pieces, text[at:]])

    def _expanded(self, found: regex.Match[str], take: str) -> str:
        try:
            return str(found.expand(take)) if "\\" in take else take
        except (regex.error, IndexError, ValueError):
            raise MappingRefused("mapping.pattern", place=self._place) from None

    def _refuse_growth(self, size: int) -> None:
        if size > LARGEST_RESULT:
            raise MappingRefused("mapping.pattern_grows", place=self._place, limit=LARGEST_RESULT)

    def _timed(self, look: Callable[[], T]) -> T:
        began = perf_counter()
        try:
            found = look()
        except (TimeoutError, RecursionError, MemoryError):
            raise MappingRefused("mapping.pattern_slow", place=self._place) from None
        self._patience.left -= perf_counter() - began
        if self._patience.left < 0:
            raise MappingRefused("mapping.pattern_slow", place=self._place)
        return found


def written_out(pattern: str) -> int:
    """About how many single characters `pattern` matches or tries, each counted repetition written out."""
    sizes = [0]
    last = at = 0
    while at < len(pattern):
        symbol, step = pattern[at], 1
        count = _COUNT.match(pattern, at)
        if symbol == "(":
            sizes.append(0)
        elif symbol == ")" and len(sizes) > 1:
            last = sizes.pop()
            sizes[-1] += last
        elif count and any(count.groups()):
            step = count.end() - at
            times = max(int(number[:9]) for number in count.groups() if number)
            sizes[-1] += last * max(times - 1, 0)
            last *= max(times, 1)
        else:
            found = _CLASS.match(pattern, at)
            step = found.end() - at if found else 2 if symbol == "\\" else 1
            last = 1
            sizes[-1] += 1
        at += step
    return sum(sizes)
