"""What is indexed of one person: folded words only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

RANKED = 500
"""A search by words looks at so many matches at most, the people entered last; more words find the others."""


class Document(NamedTuple):
    """`names`: names and aliases; `others`: code, external identifiers, places, regions, contexts. Folded."""

    person: int
    names: str
    others: str


Within = Callable[[str], tuple[str, tuple[Any, ...]]]
"""What a search is confined to: given the column that holds a person's id, a query that answers anything at
all where that person is within, and its parameters. Asked person by person, as they are found."""
