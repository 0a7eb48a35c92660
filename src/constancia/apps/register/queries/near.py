"""Whom the register may already hold: asked before a case is created, by words of the name or by document."""

from __future__ import annotations

from itertools import combinations

from constancia.apps.accounts.models import User
from constancia.apps.register.queries.search import CaseLine, search
from constancia.domain.names import tokens

MOST = 6
LONGEST = 6
"""Words of a name that take part; more would only multiply the combinations."""


def alike(user: User, name: str, document: str = "") -> list[CaseLine]:
    """Up to six cases the user may see that may be the same person: same document number first, then
    all words of the name, then all but one, then any two. Matching by sound and spelling comes later."""
    found: dict[int, CaseLine] = {}
    if document.strip():
        found.update((line.pk, line) for line in search(user, document, size=MOST).lines)
    words = [word for word in tokens(name) if len(word) > 1][:LONGEST]
    for size in range(len(words), 1, -1):
        if size < len(words) - 1 and size != 2:
            continue
        for some in combinations(words, size):
            if len(found) >= MOST:
                return list(found.values())[:MOST]
            for line in search(user, " ".join(some), size=MOST).lines:
                found.setdefault(line.pk, line)
    return list(found.values())[:MOST]
