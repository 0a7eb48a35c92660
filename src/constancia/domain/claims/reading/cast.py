"""Who may be speaking in a text: organisations known or named, officials, institutions, and words for them.

Persons are read from each text by structure alone (an office beside a name), never from a list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from constancia.domain.claims.claimants import claimants
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.view import View

ORG, PERSON, GOVERNMENT, OFFICIAL, GROUP = "org", "person", "government", "official", "group"

_CAP = r"[A-ZÁÉÍÓÚÑÜÖ][\w'’-]*"
_NAME = re.compile(
    rf"(?<![\w@#]){_CAP}(?:\s(?:(?:de|del|la|las|los|von|van|bin|al|da|dos)\s){{0,2}}{_CAP}){{1,4}}"
)
_TITLED = re.compile(
    rf"(?<!\w)(?:{_CAP})(?:,?\s(?:(?:de|del|la|el|los|las|para|por|y|e|en|of|for|the|and|in|against|to|&)\s){{0,3}}{_CAP}){{0,9}}"
)
_SINGLE = re.compile(rf"(?<![\w@#]){_CAP}")
_BREAK = re.compile(r"[.;:?!\n]")


@dataclass(frozen=True, slots=True)
class Speaker:
    """`label`: as a claim's claimant is written. `org`: the organisation a person speaks for, or itself."""

    label: str
    kind: str
    org: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words at [start, end) of the view that stand for a speaker. `echo`: for one named before."""

    start: int
    end: int
    speaker: Speaker
    echo: str = ""


@dataclass(slots=True)
class Cast:
    """Whom a text has named so far. `own`: whose text it is, where that is known."""

    words: Lexicon
    own: Speaker | None = None
    persons: dict[str, Speaker] = field(default_factory=dict)
    first_org: Speaker | None = None
    last_org: Speaker | None = None
    last_person: Speaker | None = None
    governments: list[tuple[int, Speaker]] = field(default_factory=list)

    def meet(self, speaker: Speaker, place: int) -> None:
        if speaker.kind == ORG or (speaker.kind == PERSON and speaker.org):
            org = Speaker(speaker.org or speaker.label, ORG, speaker.org or speaker.label)
            self.first_org = self.first_org or org
            self.last_org = org
        if speaker.kind == PERSON:
            self.last_person = speaker
        if speaker.kind in (GOVERNMENT, OFFICIAL):
            self.governments.append((place, speaker))


@cache
def _known() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    """Every claimant's names in one pattern over folded text; initials count in capitals only."""
    names: dict[str, str] = {}
    initials = set()
    for one in claimants().values():
        for name in (one.name, one.short, *one.aliases):
            key = _squeezed(name)
            names.setdefault(key, one.name)
            if name.isupper() and len(name) <= 6:
                initials.add(key)
    ordered = sorted(names, key=len, reverse=True)
    gaps = [re.escape(name).replace(r"\ ", r"[\s,.'\"()-]{1,3}") for name in ordered]
    return re.compile(r"(?<!\w)@?(?:" + "|".join(gaps) + r")(?!\w)"), names, frozenset(initials)


def _squeezed(text: str) -> str:
    plain = "".join(_PLAIN.get(c, c) for c in text.lower())
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


_PLAIN = dict(zip("áéíóúüñ’", "aeiouun'", strict=True))


def mentions(view: View, start: int, end: int, cast: Cast) -> list[Mention]:
    """Those of one sentence, in order, none overlapping; `cast` learns whom they name."""
    found = [*_organisations(view, start, end, cast), *_institutions(view, start, end, cast)]
    found = _apart(found)
    for person in _persons(view, start, end, cast, found):
        found = [one for one in found if one.end <= person.start or one.start >= person.end]
        found.append(person)
    found.sort(key=lambda one: one.start)
    for one in found:
        cast.meet(one.speaker, one.start)
    taken = [(one.start, one.end) for one in found]
    found += [one for one in _echoes(view, start, end, cast) if _free(one.start, one.end, taken)]
    found.sort(key=lambda one: one.start)
    return found


def _apart(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for one in sorted(found, key=lambda one: (one.start, one.start - one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= first or start >= last for first, last in taken)


def _organisations(view: View, start: int, end: int, cast: Cast) -> list[Mention]:
    known, names, initials = _known()
    found = []
    for match in known.finditer(view.folded, start, end):
        key = _squeezed(match[0])
        if key in initials and not view.cased[match.start() : match.end()].lstrip("@").isupper():
            continue
        if not view.cased[match.start() : match.end()].lstrip("@")[:1].isupper():
            continue
        label = names[key]
        found.append(Mention(match.start(), match.end(), Speaker(label, ORG, label)))
    words = cast.words["org_words"]
    for match in words.finditer(view.folded, start, end):
        name = _TITLED.match(view.cased, match.end() + 1, end)
        own = _TITLED.match(view.cased, match.start(), end)
        if own and own.end() > match.end() + 3:
            name, first = own, match.start()
        elif name and len(name[0]) > 3:
            first = name.start()
        else:
            continue
        if name[0].split(",")[0].lower() in ("ong", "ngo"):
            continue
        label = name[0].split(",")[0] if len(name[0].split(",")[0].split()) > 1 else name[0]
        if _squeezed(label) in names or known.search(view.folded, first, first + len(label)):
            continue
        found.append(Mention(first, first + len(label), Speaker(label, ORG, label)))
    return found


def _institutions(view: View, start: int, end: int, cast: Cast) -> list[Mention]:
    found = []
    for label, kind, pattern in cast.words.labels:
        for match in pattern.finditer(view.folded, start, end):
            said, first, last = label, match.start(), match.end()
            if kind == "named":
                name = _NAME.match(view.cased, last + 1, end) or _SINGLE.match(view.cased, last + 1, end)
                if name is None:
                    continue
                said, last = _filled(label, name[0]), name.end()
            elif kind == "named_before":
                name_before = re.search(
                    rf"({_CAP}(?:\s{_CAP})?)(?:'s)?\s$", view.cased[max(start, first - 40) : first]
                )
                if name_before is None or _is_adjective(name_before[1], cast.words):
                    continue
                said = _filled(label, name_before[1].removesuffix("'s"))
                first -= len(name_before[0])
            elif "{Adj}" in label:
                adjective = _adjective(view.folded, first, last, cast.words)
                said = label.replace("{Adj} ", f"{adjective} " if adjective else "")
            group = GOVERNMENT if kind in ("named", "named_before", "government") else kind
            found.append(Mention(first, last, Speaker(said, group)))
    return found


def _filled(label: str, name: str) -> str:
    return label.replace("{Full}", name).replace("{Name}", name.rsplit(maxsplit=1)[-1])


def _is_adjective(word: str, words: Lexicon) -> bool:
    folded = _squeezed(word)
    small = folded.split()[-1]
    stops = {"the", "interim", "military", "acting", "venezuelan", "cuban", "new", "current", "her", "his"}
    return small in stops or any(re.fullmatch(entry, small) for entry in words.tables["demonyms"])


def _adjective(folded: str, start: int, end: int, words: Lexicon) -> str:
    before, after = folded[max(0, start - 16) : start].rstrip(), folded[end : end + 40].lstrip()
    for entry, adjective in words.tables["demonyms"].items():
        if re.search(rf"(?<!\w)(?:{entry})$", before) or re.match(
            rf"(?:\w+\s){{0,2}}?(?:{entry})(?!\w)", after
        ):
            return str(adjective)
    return ""


def _persons(view: View, start: int, end: int, cast: Cast, others: list[Mention]) -> list[Mention]:
    found: list[Mention] = []
    taken = [(one.start, one.end) for one in others if one.speaker.kind != GOVERNMENT]
    for match in _NAME.finditer(view.cased, start, end):
        first, name = _trimmed(match.start(), match[0], view, cast)
        if len(name.split()) < 2 or not _free(first, first + len(name), taken):
            continue
        person = _introduced(view, start, end, first, name, cast, others)
        if person is not None:
            found.append(person)
    taken += [(one.start, one.end) for one in found]
    for match in _SINGLE.finditer(view.cased, start, end):
        speaker = cast.persons.get(_squeezed(match[0].removesuffix("'s")))
        if speaker is not None and _free(match.start(), match.end(), taken):
            found.append(Mention(match.start(), match.end(), speaker))
    return found


def _trimmed(first: int, name: str, view: View, cast: Cast) -> tuple[int, str]:
    """A name without the words that only stand before it: "Según Onésima Ficticia", "El ministro X Y"."""
    for entry in cast.words.tables["offices"]:
        base = max(0, first - 24)
        office = re.search(rf"(?<!\w)(?:{entry})\s(?=\w)", view.folded[base : first + len(name)])
        if office is not None and base + office.end() > first:
            name = name[base + office.end() - first :]
            first = base + office.end()
            break
    words = name.split(" ")
    for place in range(len(words) - 2, -1, -1):
        if cast.words["role"].fullmatch(_squeezed(words[place])):
            first += len(" ".join(words[: place + 1])) + 1
            words = words[place + 1 :]
            break
    stops, role = cast.words["noun_stops"], cast.words["role"]
    skip = re.compile(
        r"el|la|los|las|the|mr|mrs|ms|dr|sr|sra|según|segun|although|aunque|lawyer|abogad[oa]|on|in"
    )
    while len(words) > 1:
        head = _squeezed(words[0])
        if not (
            stops.fullmatch(head)
            or role.fullmatch(head)
            or skip.fullmatch(head)
            or not head
            or head in _months(cast.words)
        ):
            break
        first += len(words[0]) + 1
        words = words[1:]
    return first, " ".join(words).removesuffix("'s")


@cache
def _months(words: Lexicon) -> frozenset[str]:
    return frozenset(
        [name for names in words.tables["months"] for name in names.split("|")]
        + list(words.tables["weekdays"])
    )


def _introduced(
    view: View, start: int, end: int, first: int, name: str, cast: Cast, others: list[Mention]
) -> Mention | None:
    """A person whose office stands beside the name, or who was introduced before."""
    last = first + len(name)
    words, folded = cast.words, view.folded
    known = cast.persons.get(_squeezed(name)) or cast.persons.get(_squeezed(name.rsplit(maxsplit=1)[-1]))
    role_start, role_end = first, last
    left = folded[max(start, first - 130) : first]
    base = max(start, first - 130)
    role: re.Match[str] | None = None
    for match in words["role"].finditer(left):
        between = left[match.end() :]
        if _BREAK.search(between) or words["says"].search(between) or re.search(r"\d", between):
            continue
        if between.strip() and not between.rstrip().endswith(",") and len(between.split()) > 5:
            continue
        if between.count(",") > 3:
            continue
        role = role or match
    title = re.search(r"(?<!\w)(?:" + words["titles"].pattern + r")\.?\s$", left)
    if role is not None:
        role_start = base + role.start()
    elif title:
        role_start = base + title.start()
    after = folded[last : min(end, last + 150)]
    lead = re.match(
        r"\s?,\s(?:(?:the|el|la|un|una|a|an|who|quien|que|former|actual|current|venezuela's)\s)?(?:[\w'-]+\s){0,3}?",
        after,
    )
    right_role = words["role"].search(after, 0, 60) if after.startswith((",", " (", " -")) else None
    leading = re.match(rf"\s?,\s(?:{words['leads'].pattern})", after)
    if (right_role and lead and not words["says"].search(after[: right_role.start()])) or leading:
        stop = re.search(r"[,;.:]", after[3:])
        verb = words["says"].search(after, right_role.end() if right_role else 4)
        size = stop.start() + 3 if stop else len(after)
        role_end = last + (min(size, verb.start()) if verb else size)
    if role_start == first and role_end == last:
        return Mention(first, last, known) if known else None
    lead_in = re.search(r"(?:[^\W\d]+\s){0,3}$", folded[max(start, role_start - 40) : role_start])
    text = (lead_in[0] if lead_in else "") + folded[role_start:first] + " " + folded[last:role_end]
    org = _org_in(role_start, role_end, others, text, cast)
    speaker = _titled(name, text, org, cast)
    if known is not None and "(" in known.label and "(" not in speaker.label:
        speaker = known
    for key in (
        _squeezed(name),
        _squeezed(name.rsplit(maxsplit=1)[-1]),
        _squeezed(name.split(maxsplit=1)[0] + " " + name.split()[1]),
    ):
        cast.persons[key] = speaker
    if len(name.split()) >= 3:
        cast.persons.setdefault(_squeezed(name.split()[-2]), speaker)
    return Mention(role_start, role_end, speaker)


def _org_in(start: int, end: int, others: list[Mention], text: str, cast: Cast) -> str:
    for one in others:
        if one.start >= start and one.end <= end and one.speaker.kind in (ORG, OFFICIAL, GOVERNMENT):
            return one.speaker.label if one.speaker.kind == ORG else f"={one.speaker.label}"
    if cast.words["anaphor_org"].search(text) or cast.words["possessive"].search(text[:60]):
        return cast.last_org.label if cast.last_org else cast.own.label if cast.own else ""
    return ""


def _titled(name: str, text: str, org: str, cast: Cast) -> Speaker:
    words = cast.words
    for entry in words.tables["plain_offices"]:
        if re.search(rf"(?<!\w)(?:{entry})(?!\w)", text):
            return Speaker(name, PERSON, "", name)
    for entry, office in words.tables["offices"].items():
        if re.search(rf"(?<!\w)(?:{entry})(?!\w)", text):
            return Speaker(f"{name} ({office})", PERSON, "", name)
    if org.startswith("="):
        if "commission" in org:
            return Speaker(name, PERSON, "", name)
        return Speaker(f"{org[1:]} ({name})", OFFICIAL, "", name)
    if org:
        return Speaker(f"{org} ({name})", PERSON, org, name)
    if re.search(r"(?<!vice)(?<!vice )(?<!\w)president[ea]?(?!\w)", text):
        return Speaker(f"President {name}", OFFICIAL, "", name)
    return Speaker(name, PERSON, "", name)


def _echoes(view: View, start: int, end: int, cast: Cast) -> list[Mention]:
    """Words for a speaker already named; for an organisation not yet named, the first that will be."""
    found = []
    words = cast.words
    if cast.own is not None:
        found += [
            Mention(m.start(), m.end(), cast.own, ORG)
            for m in words["ours"].finditer(view.folded, start, end)
        ]
    org = cast.last_org or cast.own or cast.first_org
    if org is not None:
        for match in words["anaphor_org"].finditer(view.folded, start, end):
            found.append(Mention(match.start(), match.end(), org, ORG))
    person = cast.last_person
    for match in words["anaphor_person"].finditer(view.folded, start, end):
        who = person or org
        if who is not None:
            found.append(Mention(match.start(), match.end(), who, PERSON))
    return _apart(found)


def renewed(cast: Cast) -> Cast:
    """The same cast before its first line: it knows everybody's office, and nobody has spoken."""
    return replace(cast, last_org=None, last_person=None, governments=list(cast.governments))
