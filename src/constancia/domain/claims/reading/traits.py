"""What the words around a number say of those whom it counts, in the dimensions of the figures."""

from __future__ import annotations

import re

from constancia.domain.claims.reading.contexts import context
from constancia.domain.claims.reading.found import Found
from constancia.domain.claims.reading.frames import noun_at
from constancia.domain.claims.reading.lexicon import Lexicon

_REST = re.compile(r"[^.,;:()\n\d]{0,80}")
"""What follows a number in its own clause, up to the next number."""
_ARE = re.compile(r"(?<!\w)(?:son|eran|fueron|corresponden a|pertenecen a|are|were)\s(?:l[oa]s |the )?(?=\w)")
_OPENED = re.compile(r"(?P<word>[^\W\d_]+)\s?\($")


def traits(text: str, one: Found, words: Lexicon) -> dict[str, str]:
    """{"sex": "woman"} of "24 mujeres", "24 de los detenidos son mujeres" and "mujeres (24)".

    `text` is folded. The number's own noun goes first, then what its clause says they are.
    """
    found = dict(one.noun.head.filters) if one.noun else {}
    end = max(one.span[1], one.quantity.end)
    rest = _REST.match(text, end)
    limit = rest.end() if rest else end
    after = text[one.quantity.end : limit]
    near = text[one.span[0] : one.span[1]] + after
    for entry, pair in words.tables["filters_by_words"].items():
        if re.search(rf"(?<!\w)(?:{entry})", near):
            name, value = pair.split("=")
            found.setdefault(name, value)
    are = _ARE.search(text, one.quantity.end, limit)
    opened = _OPENED.search(text[max(0, one.quantity.start - 40) : one.quantity.start])
    for place, last in (
        *([(are.end(), limit)] if are else []),
        *([(one.quantity.start - len(opened.group()), one.quantity.start)] if opened else []),
    ):
        noun = noun_at(text, place, last, words)
        for name, value in noun.head.filters.items() if noun else ():
            found.setdefault(name, value)
    for name, value in (*one.where, *context(text, one, words)):
        found.setdefault(name, value)
    return found
