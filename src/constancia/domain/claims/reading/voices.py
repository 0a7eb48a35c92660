"""Who is heard in a sentence: speakers tied to verbs of saying and counting, and to "according to"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from constancia.domain.claims.reading import strangers
from constancia.domain.claims.reading.cast import (
    GROUP,
    OFFICIAL,
    ORG,
    PERSON,
    Mention,
)
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.openings import OWNED, in_their_view, is_aside, opening
from constancia.domain.claims.reading.strangers import (
    ACCORDING,
    COUNTS,
    DECIDES,
    KEEPS,
    LED,
    LOCAL,
    SAYS,
    Voice,
)
from constancia.domain.claims.reading.view import View

_STOP = re.compile(r"[;:?!\n]|\.\s")
_REACH = 190
_NEXT = 24
"""Characters after a verb within which its clause may close."""


_OWN = re.compile(r"(?:'s?)?\s")


def voices(view: View, start: int, end: int, present: list[Mention], words: Lexicon) -> list[Voice]:
    """Those of one sentence, in order."""
    text = view.folded
    found: list[Voice] = []
    used: set[int] = set()
    ends = {one.end + 1 for one in present}
    for match in words["according"].finditer(text, start, end):
        strong = words["source"].fullmatch(match[0]) is not None
        one = _right(text, match.end(), end, present, 70 if strong else 34)
        if one is not None and not any(_verbs(view, match.end(), one.start, words, ends)):
            used.add(one.start)
            found.append(Voice(match.start(), one.end, one.speaker, ACCORDING, opens=match.start()))
        elif (
            one is None
            and strong
            and (
                named := strangers.named_right(view, match.end(), end, words)
                or strangers.body_right(view, match.end(), end, words)
            )
        ):
            found.append(Voice(match.start(), named[0], named[1], ACCORDING, opens=match.start()))
        elif one is None and strong and words["source_alone"].fullmatch(match[0]):
            found.append(
                Voice(match.start(), match.end(), None, ACCORDING, carried=True, opens=match.start())
            )
    for one in present:
        if (lead := in_their_view(text, one, start, words)) is not None:
            used.add(one.start)
            found.append(Voice(lead, one.end, one.speaker, ACCORDING, opens=lead))
        step = _OWN.match(text, one.end)
        own = words["tally"].match(text, step.end(), end) if step else None
        if own is not None and one.start not in used:
            found.append(Voice(one.start, own.end(), one.speaker, ACCORDING, opens=one.start))
    for match in words["by"].finditer(text, start, end):
        one = _right(text, match.end(), end, present, 60)
        if one is not None:
            used.add(one.start)
            found.append(Voice(match.start(), one.end, one.speaker, LOCAL, opens=match.start()))
        elif named := strangers.named_right(view, match.end(), end, words):
            found.append(Voice(match.start(), named[0], named[1], LOCAL, opens=match.start()))
    for match, kind in _verbs(view, start, end, words, ends):
        if any(one.start < match.end() and match.start() < one.end for one in present):
            continue
        if voice := _spoken(view, text, match, kind, start, end, present, used, words):
            found.append(voice)
    found += _elliptic(text, start, end, present, used, found, words)
    if not any(one.kind in (SAYS, ACCORDING, LOCAL) for one in found):
        found += opening(text, start, end, present, used)
    return sorted(found, key=lambda one: one.start)


def _verbs(
    view: View, start: int, end: int, words: Lexicon, ends: set[int]
) -> Iterator[tuple[re.Match[str], str]]:
    """The verbs of saying, counting and deciding; not the nouns that are spelt like one. Right after a
    speaker (at one of `ends`) it is a verb."""
    for name, kind in (("says", SAYS), ("counts", COUNTS), ("keeps", KEEPS), ("decides", DECIDES)):
        for match in words[name].finditer(view.folded, start, end):
            if kind == DECIDES or match.start() in ends or not _is_noun(view, match, start, words):
                yield match, kind


def _is_noun(view: View, match: re.Match[str], start: int, words: Lexicon) -> bool:
    if not words["noun_like"].fullmatch(match[0]) or view.cased[match.end() - 1] in "óá":
        return False
    before = view.folded[max(start, match.start() - 24) : match.start()]
    marks = "passive_marks" if match[0].endswith("ed") else "noun_marks"
    return re.search(rf"(?<!\w)(?:{words[marks].pattern})\s$", before) is not None


def _spoken(
    view: View,
    text: str,
    match: re.Match[str],
    kind: str,
    start: int,
    end: int,
    present: list[Mention],
    used: set[int],
    words: Lexicon,
) -> Voice | None:
    before = text[max(start, match.start() - 24) : match.start()].rstrip()
    relative = re.search(
        rf"(?:{words['relative'].pattern})(?: (?:se|le|les|ya|ha|han|also|has|had|have))?$", before
    )
    left = _left(text, match.start(), start, present, used, words)
    near = left is not None and (
        words["aside"].fullmatch(text[left.end : match.start()]) is not None
        or (relative is not None and before[: relative.start()].rstrip().endswith(","))
    )
    if kind == KEEPS:
        if left is None or not near or not left.speaker.org or relative is not None:
            return None
        return Voice(match.start(), match.end(), left.speaker, SAYS, verb_end=match.end(), opens=left.start)
    if kind == COUNTS:
        loose = words["participle_like"].fullmatch(match[0]) is not None
        if loose and not near and words["joined"].search(before) is None:
            return None
        kind = SAYS
        counts = True
    else:
        counts = False
    if relative is not None and not near:
        right = _right(text, match.end(), end, present, 14)
        if right is not None and kind != DECIDES:
            return Voice(match.start(), right.end, right.speaker, LOCAL, opens=match.start())
        if kind == SAYS and right is None and (named := strangers.named_right(view, match.end(), end, words)):
            return Voice(match.start(), named[0], named[1], LOCAL, opens=match.start())
        if left is None or kind == DECIDES or match.start() - left.end > 60:
            return None
    opens = before.endswith(('"', ",", "'")) or match.start() - start < 3
    if words.language == "es" or opens:
        right = _right(text, match.end(), end, present, 60)
        if (
            right is not None
            and right.start not in used
            and not near
            and _postposed(text, match, right, opens, words)
        ):
            return Voice(
                match.start(),
                right.end,
                right.speaker,
                kind,
                opens,
                verb_end=match.end(),
                opens=match.start(),
            )
    if (
        opens
        and kind == SAYS
        and left is None
        and (named := strangers.named_right(view, match.end(), end, words))
    ):
        return Voice(
            match.start(), named[0], named[1], kind, opens, verb_end=match.end(), opens=match.start()
        )
    if not near and relative is None:
        far = left is None or left.end <= match.start() - 60
        if far and kind == SAYS and (stranger := strangers.someone(view, match, start, words)):
            return stranger
        known = [m for m in present if m.end <= match.start() and (m.speaker.kind != GROUP or m.speaker.name)]
        clear = max((m.end for m in known if not m.echo or m.end == match.start() - 1), default=start)
        if stranger := strangers.body(view, match, kind, start, clear, words):
            return stranger
        if (
            words.language == "es"
            and opens
            and kind == SAYS
            and (named := strangers.body_right(view, match.end(), end, words))
            and _ENDS.match(text, named[0])
        ):
            return Voice(
                match.start(), named[0], named[1], kind, True, verb_end=match.end(), opens=match.start()
            )
    ruling = strangers.country(view, match, kind, start, words)
    if ruling is not None and not any(m.end > ruling.opens for m in present if m.start < match.start()):
        return ruling
    if left is not None:
        return _with_subject(text, match, kind, left, start, end, words)
    if relative is None and (stranger := strangers.apposed(view, match, kind, start)):
        return stranger
    if relative is None and kind == SAYS and (someone := strangers.someone(view, match, start, words)):
        return someone
    if relative is None and (stranger := strangers.unnamed(view, match, kind, start, words)):
        return stranger
    if (
        words.language == "es"
        and kind == SAYS
        and not counts
        and relative is None
        and _begins_clause(text, match.start(), start)
    ):
        if named_after := strangers.named_right(view, match.end(), end, words):
            return Voice(
                match.start(),
                named_after[0],
                named_after[1],
                kind,
                opens,
                verb_end=match.end(),
                opens=match.start(),
            )
        return Voice(match.start(), match.end(), None, kind, carried=True, opens=match.start())
    return None


def _with_subject(
    text: str, match: re.Match[str], kind: str, left: Mention, start: int, end: int, words: Lexicon
) -> Voice:
    """The voice of a verb whose subject stands before it: of a relative clause ("the 52 that Y counts"), of
    the words before it (", Y said on Monday."), or of what follows."""
    lead = text[max(start, left.start - 40) : left.start].rstrip()
    bare = words["article_end"].sub("", lead).rstrip()
    that = re.search(rf"(?<!\w)(?:{words['relative'].pattern})$", bare)
    inner = that is not None
    if that is not None and kind == SAYS and not re.search(r"[,:]$", bare[: that.start()].rstrip()):
        head = bare[: that.start()].rstrip()
        complement = words["joined"].search(head) or re.search(
            "(?:"
            + "|".join(words[name].pattern for name in ("says", "counts", "decides"))
            + r")(?: \w+){0,2}$",
            head,
        )
        if complement is None:
            first = left.start - len(lead) + that.start()
            return Voice(first, match.end(), left.speaker, LOCAL, opens=first)
    trailing = (
        bare.endswith((",", '"'))
        and left.start - start > 20
        and words["closes"].match(text[match.end() : min(end, match.end() + _NEXT)]) is not None
    )
    return Voice(
        match.start(),
        match.end(),
        left.speaker,
        kind,
        trailing,
        verb_end=match.end(),
        opens=left.start,
        inner=inner,
    )


_ENDS = re.compile(r"\s*(?:$|[.,;:\n\"])")


_OBJECT = re.compile(
    r"(?<!\w)(?:a|al|en|con|sobre|por|para|ante|contra|to|in|with|at|on|via|through|mediante)"
    r"(?: (?:el|la|los|las|the|su|un|una|its|a))?\s*$"
)


_WHO = re.compile(r",\s(?:who|whose|quien|cuy[oa]s?)\b")


def _postposed(text: str, match: re.Match[str], right: Mention, opens: bool, words: Lexicon) -> bool:
    between = text[match.end() : right.start]
    if re.search(r"\bque\b|\bthat\b|\d|[.;:]", between) or words["says"].search(between):
        return False
    if _OBJECT.search(words["article_end"].sub("", between.rstrip())) or _WHO.search(between):
        return False
    return opens or right.start - match.end() < 4 or len(between.split()) <= 5


def _begins_clause(text: str, place: int, start: int) -> bool:
    before = text[start:place].strip()
    return len(before) < 30 or before.endswith((",", " y", ";", '"', "ademas", "tambien", "asimismo"))


def _left(
    text: str, place: int, start: int, present: list[Mention], used: set[int], words: Lexicon
) -> Mention | None:
    """The mention that a verb at `place` most likely has as its subject."""
    best: Mention | None = None
    for one in present:
        if one.end > place or one.start < start or one.start in used:
            continue
        between = text[one.end : place]
        if len(between) > _REACH or _STOP.search(between):
            continue
        if one.speaker.kind == GROUP and not one.speaker.name and len(between) > 24:
            continue
        if OWNED.search(text, max(start, one.start - 16), one.start):
            continue
        if is_aside(text, one, place, start, words):
            continue
        best = one
    if best is None:
        opening = next((one for one in present if one.end < place and one.start - start < 16), None)
        if opening is None or opening.start in used or _STOP.search(text, opening.end, place):
            return None
        return opening if opening.speaker.kind == GROUP and place - opening.end < _REACH else None
    # A speaker within another's apposition or after a preposition yields to the one who opens the clause.
    for one in present:
        if one.start < best.start and one.start not in used and one.speaker.kind in (ORG, PERSON, OFFICIAL):
            between = text[one.end : best.start]
            led = text[max(start, best.start - 16) : best.start].rstrip()
            if (
                LED.search(led)
                and not words["says"].search(between)
                and len(between) < 120
                and not _STOP.search(between)
                and not LED.search(text[max(start, one.start - 16) : one.start].rstrip())
            ):
                return one
    return best


def _right(text: str, place: int, end: int, present: list[Mention], reach: int) -> Mention | None:
    for one in present:
        if one.start >= place:
            between = text[place : one.start]
            if len(between) > reach or one.end > end or re.search(r"[.;:!?]|\d", between):
                return None
            return one
    return None


_BRACKETED = re.compile(r"\s\((?:unos |unas |some |nearly |casi |con |with )?\d(?![\d.,]*\s?(?:fm|am|mhz)\b)")
_COUNTED = re.compile(
    r"(?:,|:| \(|, (?:con|with|por su parte)|:? (?:con|with|,)|) ?(?:unos |unas |some |nearly |casi )?\d"
)


_HEADING = 180
_CLOSING = re.compile(r"\d[^:]*(?::| -) (?:la |el |the )?(?:ong |ngo )?$")


def _closes_heading(one: Mention, text: str, start: int, end: int) -> bool:
    """Whether a heading ends in its speaker: "12 freed in Lara: Foro Tal"."""
    if end - start > _HEADING or text[one.end : end].strip(" \n\"')") or one.speaker.kind == GROUP:
        return False
    return _CLOSING.search(text, start, one.start) is not None


def _elliptic(
    text: str,
    start: int,
    end: int,
    present: list[Mention],
    used: set[int],
    heard: list[Voice],
    words: Lexicon,
) -> list[Voice]:
    """A speaker right before its number: "Foro Tal: 431", "Foro Tal counts 431 and Comité Cual, 437"."""
    found = []
    for one in present:
        if one.start in used or one.speaker.kind == GROUP:
            continue
        if any(v.opens <= one.start < v.end for v in heard):
            continue
        first = one.start - start < 14 and text[one.end : one.end + 1] == ":"
        if one.speaker.kind == PERSON and not first and not _closes_heading(one, text, start, end):
            continue
        bracketed = one.speaker.kind == ORG and _BRACKETED.match(text, one.end) is not None
        after_another = bool(heard) and re.search(
            r"(?:,|;|\by|\band|\bmientras|\bwhile)(?: (?:que|el|la|the|para|comite|ong|ngo|group))*\s?$",
            text[max(start, one.start - 30) : one.start],
        )
        if _closes_heading(one, text, start, end):
            found.append(
                Voice(one.start, one.end, one.speaker, SAYS, True, verb_end=one.end, opens=one.start)
            )
        elif first or bracketed or (after_another and _COUNTED.match(text, one.end)):
            found.append(Voice(one.start, one.end, one.speaker, SAYS, verb_end=one.end, opens=one.start))
    return found


__all__ = ["ACCORDING", "DECIDES", "LOCAL", "SAYS", "Voice", "voices"]
