"""What is indexed of one person: folded words only."""

from __future__ import annotations

from typing import Any, NamedTuple

RANKED = 500
"""A search by words looks at so many matches at most, the people entered last; more words find the others."""


class Document(NamedTuple):
    """`names`: names and aliases; `others`: code, external identifiers, places, regions, contexts. Folded."""

    person: int
    names: str
    others: str


class Within(NamedTuple):
    """A query of person ids to which a search is confined, and its parameters."""

    sql: str
    params: tuple[Any, ...] = ()
