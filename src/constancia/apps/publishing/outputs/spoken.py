"""What runs say without their markup, and which notes they call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit

from constancia.apps.publishing.outputs.characters import printable
from constancia.domain.publishing.blocks import Break, Emphasis, Link, NoteMark, Number, Run, Strong, Text

LONGEST_ADDRESS = 2000

_FOLLOWED = re.compile(r"(https?://|mailto:)[^\s<>\"\\^`{|}]+", re.IGNORECASE)


def plain(runs: Sequence[Run]) -> str:
    """The characters that are read, without marks of notes; a line break is a space."""
    return "".join(_plain(run) for run in runs)


def marks(runs: Sequence[Run]) -> Iterator[NoteMark]:
    """The marks of notes in them, in order, those inside others too."""
    for run in runs:
        if isinstance(run, NoteMark):
            yield run
        elif isinstance(run, Strong | Emphasis | Link):
            yield from marks(run.runs)


def followed(address: str) -> str | None:
    """The address as a link may hold it, in plain ASCII; None for one that no writer makes a link of.

    Followed are http, https and mailto, without blanks or quotes, of a length that Word opens.
    """
    if not _FOLLOWED.fullmatch(address) or printable(address) != address:
        return None
    try:
        urlsplit(address).port  # noqa: B018  a wrong host or port is a ValueError
    except ValueError:
        return None
    plain_ascii = quote(address, safe="%:/?#[]@!$&'()*+,;=-._~")
    if plain_ascii.count("#") > 1 or re.search("%(?![0-9a-fA-F]{2})", plain_ascii):
        return None
    return plain_ascii if len(plain_ascii) <= LONGEST_ADDRESS else None


def _plain(run: Run) -> str:
    match run:
        case Text(text=text) | Number(text=text):
            return printable(text)
        case Strong(runs=inner) | Emphasis(runs=inner) | Link(runs=inner):
            return plain(inner)
        case Break():
            return " "
        case NoteMark():
            return ""
