"""Organisations in a text: those the house knows by name, and those that the text introduces.

What makes a run of capitals an organisation is a word in it ("the Imaginary Rights Committee"), a word before
it ("la ONG Tal"), or its initials after it ("Unidad Imaginaria (UIM)").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from constancia.domain.claims.claimants import claimants, key_of
from constancia.domain.claims.reading.cast import Cast, Mention, organisation
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.view import View

CAP = r"[A-ZÁÉÍÓÚÑÜÖŠŽČ][\w'’-]*(?:\.(?:info|com|org|net|media|news|io)(?!\w))?"
NAME = re.compile(
    rf"(?<![\w@#]){CAP}(?:\s(?:(?:de|del|la|las|los|von|van|bin|al|da|dos)\s){{0,2}}(?:(?:al|el|as|ash|bin)-)?{CAP}){{1,4}}"
)
SINGLE = re.compile(rf"(?<![\w@#]){CAP}")
_LINK = r"(?:de|del|la|el|los|las|para|por|y|e|en|of|for|the|and|in|against|to|on|&|-)"
_RUN = re.compile(
    rf"(?<![\w@#]){CAP}(?:(?:\s|-|,\s(?=(?:{CAP},\s){{0,2}}(?:{CAP}\s)?(?:y|e|and)\b))(?:{_LINK}\s){{0,3}}{CAP}){{0,11}}"
)
_INITIALS = re.compile(r"[\s,]{1,2}\(?(?:o\s|or\s)?\(?([A-Z][A-Za-z]{0,2}[A-Z][A-Za-z-]{0,6})\)")
_PLAIN = dict(zip("áéíóúüñ’", "aeiouun'", strict=True))


def squeezed(text: str) -> str:
    """Small letters without accents, words apart by one blank, and nothing else."""
    plain = "".join(_PLAIN.get(c, c) for c in text.lower())
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def apart(found: list[Mention]) -> list[Mention]:
    """Without those that overlap an earlier or a longer one."""
    kept: list[Mention] = []
    for one in sorted(found, key=lambda one: (one.start, one.start - one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= first or start >= last for first, last in taken)


@cache
def _known() -> tuple[Mapping[str, re.Pattern[str]], Mapping[str, str], frozenset[str]]:
    """By a name's first word, a pattern of all names that begin with it; names by folded form; those that are
    initials, which count in capitals only."""
    names: dict[str, str] = {}
    initials = set()
    for one in claimants().values():
        if one.kind == "government":
            continue
        for name in (one.name, one.short, *one.aliases):
            names.setdefault(squeezed(name), one.name)
            if name.isupper() and len(name) <= 6:
                initials.add(squeezed(name))
    firsts: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        firsts.setdefault(name.split()[0], []).append(re.escape(name).replace(r"\ ", r"[\s,.'\"()-]{1,3}"))
    patterns = {first: re.compile("(?:" + "|".join(gaps) + r")(?!\w)") for first, gaps in firsts.items()}
    return patterns, names, frozenset(initials)


_SYMBOL = re.compile(r"[/.]\d")
_FIRST = re.compile(r"(?<!\w)@?([A-ZÁÉÍÓÚÑÜ][^\W_]*)")


def known(view: View, start: int, end: int) -> Iterator[Mention]:
    """Those that the house knows by name, longest first."""
    patterns, names, initials = _known()
    place = start
    for match in _FIRST.finditer(view.cased, start, end):
        if match.start() < place:
            continue
        pattern = patterns.get(view.folded[match.start(1) : match.end(1)])
        found = pattern.match(view.folded, match.start(1), end) if pattern else None
        if found is None:
            continue
        key = squeezed(found[0])
        if _SYMBOL.match(view.cased, found.end()):
            continue
        if key in initials and not view.cased[found.start() : found.end()].isupper():
            continue
        place = found.end()
        if view.cased[place : place + 1] == ")" and "(" in found[0] and ")" not in found[0]:
            place += 1
        yield Mention(match.start(), place, organisation(names[key]))


def organisations(view: View, start: int, end: int, cast: Cast) -> list[Mention]:
    """Those of text[start:end], known and introduced; `cast` learns what they are called for short."""
    found = apart(list(known(view, start, end)))
    taken = [(one.start, one.end) for one in found]
    for match in _RUN.finditer(view.cased, start, end):
        for first, name in _names(match.start(), match[0], view, start, end, cast.words):
            last = first + len(name)
            if not free(first, last, taken) or _is_office(name):
                continue
            found.append(Mention(first, last, organisation(name)))
            taken.append((first, last))
    for one in found:
        _learn(one, view, end, cast)
    for match in SINGLE.finditer(view.cased, start, end):
        called = cast.short.get(match[0].removesuffix("'s"))
        if called is not None and free(match.start(), match.end(), taken):
            found.append(Mention(match.start(), match.end(), called))
    return found


@cache
def calendar_words(words: Lexicon) -> frozenset[str]:
    """Names of months and of days of the week: nobody's, though they are written with a capital."""
    months = [name for names in words.tables["months"] for name in names.split("|")]
    return frozenset([*months, *words.tables["weekdays"]])


def _is_office(name: str) -> bool:
    house = claimants().get(key_of(name))
    return house is not None and house.kind == "government"


def _names(
    place: int, run: str, view: View, start: int, end: int, words: Lexicon
) -> Iterator[tuple[int, str]]:
    """The organisations' names in a run of capitals."""
    for piece in _pieces(place, run, words):
        first, name = _bare(piece[0], piece[1], words)
        folded = view.folded[first : first + len(name)]
        if len(name) < 3 or words["no_org"].search(folded) or words["no_org"].match(view.folded, first, end):
            continue
        led = re.search(
            rf"(?<!\w)(?:{words['org_words'].pattern})\s[\"']?$", view.folded[max(start, first - 60) : first]
        )
        many = len(name.split()) > 1
        if not many and folded in calendar_words(words):
            continue
        own = words["org_heads"].match(folded) or (many and words["org_tails"].search(folded))
        title = _INITIALS.match(view.cased, first + len(name), end)
        if led and not own and words["role"].search(view.folded, max(start, first - 70), first):
            continue
        tied = _is_tied(view, first + len(name), end, words)
        if led or tied or (own and many) or (title and many and _spells(title[1], name)):
            yield first, name if own else _placeless(name) if led else name


_TIED = re.compile(r"(?:\s\([^()]{2,12}\))?,\s(?:an?|the|una?|el|la|otr[oa]|another)\s")
_WORD = re.compile(r"[\w'-]+\s")


def _is_tied(view: View, place: int, end: int, words: Lexicon) -> bool:
    """Whether what follows says that it is an organisation: "Lantern, a small rights group"."""
    step = _TIED.match(view.folded, place, end)
    for _ in range(4):
        if step is None:
            return False
        if words["org_words"].match(view.folded, step.end(), end):
            return view.cased[step.end()].islower()
        step = _WORD.match(view.folded, step.end(), end)
    return False


def _pieces(place: int, run: str, words: Lexicon) -> list[tuple[int, str]]:
    """A run cut where a second organisation begins: "Comité Tal y Plataforma Cual"."""
    for match in re.finditer(r"(?:,| y| and| &)\s", run):
        rest = run[match.end() :]
        if words["org_heads"].match(squeezed(rest)):
            return [(place, run[: match.start()]), (place + match.end(), rest)]
    return [(place, run)]


def _bare(first: int, name: str, words: Lexicon) -> tuple[int, str]:
    """Without articles and the like before it, or "'s" and what is tied on after."""
    while " " in name:
        head = name.split(" ", 1)[0]
        if not words["lead_in"].fullmatch(squeezed(head)) and not words["role"].fullmatch(squeezed(head)):
            break
        first, name = first + len(head) + 1, name[len(head) + 1 :]
    cut = name.find("'s ")
    return first, (name[:cut] if cut > 0 else name).removesuffix("'s")


def _placeless(name: str) -> str:
    return re.split(r"\s(?:en|in)\s", name)[0]


def _spells(initials: str, name: str) -> bool:
    letters = [word[0] for word in name.split() if word[0].isupper()]
    return initials[0] in letters and sum(c in letters for c in initials if c.isupper()) >= min(
        3, len(initials) - 1
    )


def _learn(one: Mention, view: View, end: int, cast: Cast) -> None:
    title = _INITIALS.match(view.cased, one.end, end)
    if title:
        cast.short.setdefault(title[1], one.speaker)
    parts = view.cased[one.start : one.end].split(" ")
    for word in (parts[0].lstrip("@"), parts[-1]) if len(parts) > 1 else ():
        if cast.words["org_heads"].fullmatch(squeezed(word)):
            cast.short[word] = one.speaker
