"""Reading claims out of Spanish and English text, by rules and word lists; nothing is learned, fetched or guessed.

`read` proposes; a person confirms. See `docs/claims.md` for what it looks at.
"""

from __future__ import annotations

from datetime import date

from constancia.domain.claims.claim import Claim
from constancia.domain.claims.claimants import claimants, key_of
from constancia.domain.claims.reading.cast import ORG, Speaker
from constancia.domain.claims.reading.lexicon import NONE, lexicon
from constancia.domain.claims.reading.reader import read_view
from constancia.domain.claims.reading.view import LIMIT, view
from constancia.domain.claims.tongue import tongue
from constancia.domain.language import Language


def read(
    text: str,
    *,
    language: Language | None = None,
    published: date | None = None,
    publisher: str | None = None,
    without: frozenset[str] = NONE,
) -> list[Claim]:
    """The claims that `text` makes, in its order, each once.

    `language`: of the text; told from its words if None, Spanish if they do not tell. `published`: the day that "today" and "this
    Thursday" are reckoned from. `publisher`: the claimant whose own text it is, if it is one's.
    `without`: entries of the lexicon to leave out. Raises InputRefused (`claims.text_too_long`).
    """
    seen = view(text)
    words = lexicon(language or tongue(text) or "es", without)
    own = None
    if publisher is not None:
        known = claimants().get(key_of(publisher))
        name = known.name if known else publisher
        own = Speaker(name, ORG, name)
    return read_view(seen, words, published, own)


__all__ = ["LIMIT", "read"]
