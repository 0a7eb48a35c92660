"""Reading claims out of Spanish and English text, by rules and word lists: nothing is learned or fetched.

`read` proposes; a person confirms.
"""

from __future__ import annotations

from datetime import date

from constancia.domain.claims.claim import Claim
from constancia.domain.claims.claimants import claimants, key_of
from constancia.domain.claims.reading.cast import ORG, Speaker
from constancia.domain.claims.reading.lexicon import NONE, lexicon
from constancia.domain.claims.reading.view import LIMIT, view
from constancia.domain.claims.reading.whole import read_view
from constancia.domain.claims.tongue import tongue
from constancia.domain.dates.limits import FIRST_YEAR, LAST_YEAR
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

    `language`: of the text; told from its words if None; where they do not tell, whichever finds more.
    `published`: the day that "today" and "this Thursday" are reckoned from; one that a register cannot hold
    (the year 9999) is a slip, and no day. `publisher`: the claimant whose
    own text it is, if it is one's. `without`: entries of the lexicon to leave out. Raises InputRefused
    (`claims.text_too_long`).
    """
    seen = view(text)
    if published is not None and not FIRST_YEAR <= published.year <= LAST_YEAR:
        published = None
    own = None
    if publisher is not None:
        known = claimants().get(key_of(publisher))
        name = known.name if known else publisher
        own = Speaker(name, ORG, name)
    told = language or tongue(text)
    if told:
        return read_view(seen, lexicon(told, without), published, own)
    spanish = read_view(seen, lexicon("es", without), published, own)
    english = read_view(seen, lexicon("en", without), published, own)
    return english if len(english) > len(spanish) else spanish


__all__ = ["LIMIT", "read"]
