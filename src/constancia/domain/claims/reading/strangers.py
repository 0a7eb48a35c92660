"""Who is heard without having been introduced: a name by a verb of saying, a country, "a lawyer"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from constancia.domain.claims.reading.cast import GOVERNMENT, GROUP, PERSON, Speaker
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.named import CAP, NAME
from constancia.domain.claims.reading.view import View

SAYS, COUNTS, DECIDES, ACCORDING, LOCAL = "says", "counts", "decides", "according", "local"
KEEPS = "keeps"
"""Such as only an organisation's own list has so many ("had 12 on its books")."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker tied to the words at [start, end). `carried`: not named again, as it was before; `opens`:
    where its clause begins, with its subject; `inner`: another tells of it ("X said that Y counts 5")."""

    start: int
    end: int
    speaker: Speaker | None
    kind: str
    trailing: bool = False
    carried: bool = False
    verb_end: int = -1
    opens: int = -1
    inner: bool = False


LED = re.compile(
    r"(?<!\w)(?:de|del|en|con|por|para|sobre|a|al|contra|ante|tras|of|in|by|with|for|on|at|from|to|than|against|after)"
    r"(?: (?:el|la|los|las|the|l[oa]s|su|sus|un|una|its|a))?$"
)
_SUBJECT = re.compile(
    r"(?<!\w)(?:[Tt]he |[EeLl][la] |[Ll]os |[Ll]as )?"
    r"((?:[A-ZÁÉÍÓÚÑ][\w'.-]*)(?: (?:of|de|del|for|the|la|and|y) "
    r"[A-ZÁÉÍÓÚÑ][\w'.-]*| [A-ZÁÉÍÓÚÑ][\w'.-]*){0,5})[ ,]{1,2}$"
)


_NAMED = re.compile(r"[A-ZÁÉÍÓÚÑ][\w'-]+\s$")


def country(view: View, match: re.Match[str], kind: str, start: int, words: Lexicon) -> Voice | None:
    """A country or its capital right before a verb of saying: its government."""
    text = view.folded
    before = text[max(start, match.start() - 24) : match.start()]
    for entry, adjective in words.tables["countries"].items():
        found = re.search(rf"(?<!\w)(?:{entry})\s(?:also\s|tambien\s|has\s|ha\s)?$", before)
        if found and kind == SAYS and not LED.search(before[: found.start()].rstrip()):
            opens = match.start() - len(before) + found.start()
            if _NAMED.search(view.cased, max(start, opens - 30), opens):
                continue
            speaker = Speaker(f"{adjective} government", GOVERNMENT)
            return Voice(match.start(), match.end(), speaker, kind, verb_end=match.end(), opens=opens)
    return None


_APPOSED = re.compile(rf"({NAME.pattern}),\s(?=[a-zA-Z])[^.;:\"]{{3,130}},\s$")


def apposed(view: View, match: re.Match[str], kind: str, start: int) -> Voice | None:
    """A full name at the start, whatever is said of it between commas, and the verb."""
    found = _APPOSED.match(view.cased[start : match.start()])
    if found is None or kind == DECIDES:
        return None
    speaker = Speaker(found[1], PERSON, "", found[1])
    return Voice(match.start(), match.end(), speaker, kind, verb_end=match.end(), opens=start)


def someone(view: View, match: re.Match[str], start: int, words: Lexicon) -> Voice | None:
    """Somebody without a name, by what they are: "a lawyer for the detainees said"."""
    before = view.folded[max(start, match.start() - 110) : match.start()]
    found = words["someone"].search(before)
    if found is None or not re.fullmatch(
        r"(?:\s(?:of|for|at|in|from|with|de|del|en|con)\s[^,.;:]{2,50})?(?:,[^.;:]{2,70},)?\s",
        before[found.end() :],
    ):
        return None
    label = next(
        (
            str(name)
            for entry, name in words.tables["role_names"].items()
            if re.search(rf"(?<!\w)(?:{entry})(?!\w)", found[0])
        ),
        "",
    )
    whole = view.cased[match.start() - len(before) + found.start() : match.start() - 1].split(" ", 1)[-1]
    house = _of_whom(whole.split(",")[0])
    if house != whole.split(",")[0]:
        label = house
    speaker = Speaker(label or found[0].split(" ", 1)[1], GROUP)
    opens = match.start() - len(before) + found.start()
    return Voice(match.start(), match.end(), speaker, SAYS, verb_end=match.end(), opens=opens)


_LEAD = 16
"""Characters before the subject of a sentence: "On Monday"."""
_CLAUSE = re.compile(r"(?:[,;:\"]\s|\b(?:and|but|while|y|pero|mientras que)\s)$")
_TELLS = re.compile(r"(?:\s(?:este|esta|el|la|ayer|hoy|anoche)(?:\s\w+)?)?\s?(?:que\b|[,.:;\"]|$)")
_BEFORE = re.compile(r"(?<!\w)(?:the|an?|its|their|his|her|el|la|los|las|una?|sus?)\s")
_COMPOUND = re.compile(r"'?\s")
_BODY_END = re.compile(
    r"(?: (?:[a-z'-]+ ){0,2}(?:of|for|at|in|from|with|del?) [^,.;:\"\d]{2,60}| also| later| has| have| had)"
)
_BODY_TAIL = re.compile(
    r"(?: (?:of|for|at|from|with|de|del) (?:the |la |las |los )?"
    rf"(?:{CAP}(?: (?:(?:de|del|of|the|for) )?{CAP}){{0,4}}|"
    r"[a-z][\w'-]*)){0,2}"
)


def body(view: View, match: re.Match[str], kind: str, start: int, clear: int, words: Lexicon) -> Voice | None:
    """An office or body that nobody has introduced, right before a verb of saying and after `clear`, where
    the last speaker's name ends: ", the court service said"."""
    base = max(start, clear, match.start() - 80)
    before = view.folded[base : match.start()]
    if kind != SAYS or (words.language == "es" and not _TELLS.match(view.folded, match.end())):
        return None
    for article in reversed(list(_BEFORE.finditer(before))):
        opens = base + article.start()
        if opens > start + _LEAD and _CLAUSE.search(view.folded[max(start, opens - 14) : opens]) is None:
            continue
        first, last = base + article.end(), match.start() - 1
        label = _agent_at(view, first, last, words)
        if label is not None and (
            label[0] == last
            or _BODY_END.fullmatch(view.folded, label[2], last)
            or _BODY_END.fullmatch(view.folded, label[0], last)
        ):
            speaker = Speaker(_of_whom(view.cased[first:last]), GROUP)
            closed = words["closes"].match(view.folded[match.end() : match.end() + 24])
            trailing = opens > start + 2 and closed is not None
            return Voice(
                match.start(), match.end(), speaker, SAYS, trailing, verb_end=match.end(), opens=opens
            )
    return None


def body_right(view: View, place: int, end: int, words: Lexicon) -> tuple[int, Speaker] | None:
    """The same after a verb or "according to": "according to a cousin", "informa el servicio de prensa"."""
    article = _ARTICLES.match(view.folded, place, end)
    found = _agent_at(view, article.end(), end, words) if article else None
    return (found[0], Speaker(_of_whom(found[1]), GROUP)) if found else None


_MEMBER = re.compile(
    r"(?:\w+ )?(?:members?|integrantes?|miembros?|spokes(?:man|woman|person)|portavo(?:z|ces)|vocer[oa]s?|"
    r"officials?|representatives?|representantes?) (?:of|for|at|from|with|de|del) "
    r"(?:the |la |los |las |el )?(?=\w)"
)
_WHO = re.compile(r" (?:who|that|que|quien) .*")


def _of_whom(label: str) -> str:
    """The body itself for one of its members, without what more is said of them."""
    return _MEMBER.sub("", _WHO.sub("", label))


def _agent_at(view: View, place: int, end: int, words: Lexicon) -> tuple[int, str, int] | None:
    """Where the words for a body or somebody that begin at `place` end, they as written, and where their
    first noun ends."""
    step = place
    for _ in range(4):
        head = words["agents"].match(view.folded, step, end)
        more = _COMPOUND.match(view.folded, head.end(), end) if head else None
        if head is not None and more and words["agents"].match(view.folded, more.end(), end):
            step = more.end()
            continue
        if head is not None:
            tail = _BODY_TAIL.match(view.cased, head.end(), end)
            last = tail.end() if tail else head.end()
            return last, view.cased[place:last], head.end()
        word = _WORD.match(view.folded, step, end)
        if word is None:
            return None
        step = word.end()
    return None


_ARTICLES = re.compile(r"\s(?:the|an?|its|their|his|her|one|el|la|los|las|una?|sus?)\s")
_WORD = re.compile(r"(?!(?:of|for|in|at|from|de|del|en|que|who|that)\s)[\w'-]+\s")


def unnamed(view: View, match: re.Match[str], kind: str, start: int, words: Lexicon) -> Voice | None:
    """A name right before a verb of saying: whoever it is, it speaks."""
    before = view.cased[max(start, match.start() - 90) : match.start()]
    found = _SUBJECT.search(before)
    if found is None:
        return None
    name = found[1].removesuffix(",").strip()
    folded = view.folded[match.start() - len(before) + found.start(1) : match.start()].split()
    if not folded or words["noun_stops"].fullmatch(folded[0]) or len(name) < 3:
        return None
    if LED.search(before[: found.start()].rstrip()) or re.search(
        r"(?<!\w)(?:como|as|called)$", before[: found.start()].rstrip()
    ):
        return None
    at_start = match.start() - len(before) + found.start(1) <= start + 1
    if words["no_speaker"].search(" ".join(folded)) or (
        kind == SAYS and at_start and len(folded) == 1 and not name.isupper()
    ):
        return None
    article = found[0].startswith(("the", "The", "el", "El", "la", "La"))
    person = len(name.split()) in (2, 3) and not re.search(r"\b(?:of|de|the|and|y)\b", name) and not article
    speaker = Speaker(name, PERSON if person else GROUP, "", name if person else "")
    return Voice(
        match.start(), match.end(), speaker, kind, verb_end=match.end(), opens=match.start() - len(name)
    )


_NEXT = re.compile(rf"\s(?:(?:este|esta|el|la|on|this)\s\w+\s)?(?:[Ll]a |[Ee]l |[Tt]he )?(?={CAP})")


_FIRST_NAME = re.compile(rf"{CAP}(?=,\s(?:(?:de\s)?\d\d\b|who\b|an?\b|quien\b|una?\b))")


def named_right(view: View, place: int, end: int, words: Lexicon) -> tuple[int, Speaker] | None:
    """A person's full name right after: nobody has said who it is, and it is who speaks."""
    step = _NEXT.match(view.cased, place, end)
    name = NAME.match(view.cased, step.end(), end) if step else None
    if step is not None and name is None:
        name = _FIRST_NAME.match(view.cased, step.end(), end)
    if (
        name is None
        or len(name[0].split()) > 4
        or words["no_speaker"].search(view.folded, name.start(), name.end())
    ):
        return None
    return name.end(), Speaker(name[0].removesuffix("'s"), PERSON, "", name[0].removesuffix("'s"))
