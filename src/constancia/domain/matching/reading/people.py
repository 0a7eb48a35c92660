"""How many people a run of names is: one, several, or one with a note because it cannot be told.

The rules, in order:

1. What ";" parts are several people, if each part has two words and could be a name.
2. "Pérez, Ana" and "Pérez Gil, Ana": one person, surnames first; also where both have two words, if
   only what follows the comma begins with a given name.
3. "Ana Pérez, José Gil": two people, if both begin with a given name and end with a surname ("Miguel Paz,
   Jorge J" and "Ana Paz, José Luis" may be one); so are those before and after "y", and three and more, if
   each has two words and at least half are so.
4. Everything else is one person with a note: `list.one_or_two`, `list.one_or_several`.
"""

from __future__ import annotations

import re

from constancia.domain.matching.reading import words
from constancia.domain.matching.reading.pieces import Kind, Piece, kind_of

_AND = re.compile(r"\s+(?:y|e|&|and)\s+", re.IGNORECASE)
_MOST_WORDS = 6
"""Of one of several names."""

Read = tuple[list[str], list[str], str]
"""The names, what else stood there, and the code of a note or ""."""


def people(run: list[Piece]) -> Read:
    """Who a run of names is, that only commas, semicolons and tabs part."""
    if len(run) > 1 and any(piece.before == ";" for piece in run[1:]):
        groups: list[list[Piece]] = [[]]
        for piece in run:
            if piece.before == ";" and groups[-1]:
                groups.append([])
            groups[-1].append(piece)
        read = [_with_commas(group) for group in groups]
        if all(not rest and not note and all(_is_whole(n) for n in names) for names, rest, note in read):
            return [name for names, _, _ in read for name in names], [], ""
        first = read[0]
        return (
            first[0][:1],
            [piece.text for piece in run if piece.text not in first[0][:1]],
            "list.one_or_several",
        )
    return _with_commas(run)


def _with_commas(run: list[Piece]) -> Read:
    parts = [piece.text for piece in run]
    if len(run) == 1:
        return _with_and(parts[0])
    if len(run) == 2 and not _AND.search(parts[1]):
        return _two(parts[0], parts[1], run[1].before)
    several = [*parts[:-1], *_AND.split(parts[-1])]
    if all(map(_is_whole, several)) and 2 * sum(map(_with_surname, several)) >= len(several):
        return several, [], ""
    if _given_first(parts[0]) and _is_whole(parts[0]) and not any(map(_given_first, several[1:])):
        return parts[:1], parts[1:], ""
    if _is_whole(parts[0]):
        return parts[:1], parts[1:], "list.one_or_several"
    return [f"{parts[0]}, {parts[1]}"], parts[2:], "list.one_or_several"


def _two(first: str, second: str, before: str) -> Read:
    joined = f"{first} {second}" if before == "\t" else f"{first}, {second}"
    one_word = " " not in first or " " not in second
    if _given_first(first) and " " in first:
        if _with_surname(first) and _with_surname(second):
            return [first, second], [], ""
        if _given_first(second):
            return [joined], [], "list.one_or_two"
        return [first], [second], "list.one_or_two"
    if one_word or _given_first(second):
        return [joined], [], ""
    return [joined], [], "list.one_or_two"


def _with_and(text: str) -> Read:
    """ "Ortega y Gasset" is a surname; "Ana Pérez y José Gil" are two people."""
    parts = _AND.split(text)
    if len(parts) == 1:
        return [text], [], ""
    if not all(map(_is_whole, parts)):
        # "Ana y José Irreal" may be brother and sister.
        return [text], [], "list.one_or_two" if all(map(_given_first, parts)) else ""
    if all(map(_with_surname, parts)):
        return parts, [], ""
    return [text], [], "list.one_or_two"


def _is_whole(name: str) -> bool:
    count = len(name.replace(",", " ").split())
    return 2 <= count <= _MOST_WORDS and ("," in name or kind_of(name)[0] is Kind.NAME)


def _with_surname(name: str) -> bool:
    """ "José Gil", and neither "José Luis" nor "José L.": a given name first and last what is none."""
    tokens = words.folded(name).split()
    return (
        len(tokens) > 1 and tokens[0] in words.GIVEN and tokens[-1] not in words.GIVEN and len(tokens[-1]) > 1
    )


def _given_first(name: str) -> bool:
    return words.starts_given(words.folded(name))
