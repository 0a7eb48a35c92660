"""One line of a list as the people it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from constancia.domain.dates.numeric import Order
from constancia.domain.matching.reading import words
from constancia.domain.matching.reading.cleaning import bare
from constancia.domain.matching.reading.finding import cut_figures, take_age
from constancia.domain.matching.reading.people import people
from constancia.domain.matching.reading.pieces import Kind, Piece, is_explicit_state, kind_of, parted
from constancia.domain.matching.reading.shapes import Draft, Place
from constancia.domain.names import MAX_CHARACTERS
from constancia.domain.vocabulary.states import state_label

_NUMBERING = re.compile(
    r"^(?:[-–—•·*▪●◦○►▶>»]+\s?)?(?:n\s?(?:[.º°]|ro\.?)+\s?(?=\d))?"
    r"(?:\(?\d{1,5}\s?(?:[.):°º]+[-–—]?|[-–—](?!\d)|ª)\s?(?!\d)|\d{1,5}\t|\d{1,5}\s(?=[^\W\d])|[a-z]\)\s)?",
    re.IGNORECASE,
)
_BEGIN_SIGNS = re.compile(r"^[^\w\s(\[{\"'“«=+@¿¡*_~#.,;:<>|/\\\-–—•·▪●◦○►▶»?]+\s?")
_END_SIGNS = re.compile(r"\s?[^\w\s)\]}\"'”»*_~.,;:<>|/\\\-–—?!%#\x1f]+$")
_KEYCAP = re.compile("^(?:[0-9]\ufe0f?\u20e3)+\\s?")
_EMPHASIS = re.compile(r"(?<!\w)([*_~])(\S[^*_~]{0,300}\S|\S)\1(?!\w)")
_FORMULA = re.compile(r"[=+@-]\s?[A-Za-z.]{2,40}\(|=")
"""What a spreadsheet would run."""
_FIGURE = re.compile(r"\d")
_AGE_ASIDE = re.compile(r"\d{2,3}")
_ADDRESS = re.compile(
    r"(?:https?:|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,200}|(?<!\w)@\w{1,60}", re.IGNORECASE
)
_ALIAS = re.compile(r"\b(?:alias|a\.k\.a\.|apodad[oa]|mejor conocid[oa] como)\s(.{1,60})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """`day`: of the list, from which ages are reckoned; `order`: of dates in figures."""

    day: date | None = None
    order: Order = "dmy"


def opened(line: str) -> tuple[str, list[str], list[str], bool]:
    """A line without bullet, number and emphasis; the signs that stood around it; notes; whether it was
    numbered."""
    notes: list[str] = []
    signs: list[str] = []
    line = line.strip()
    for _ in range(3):
        if found := _BEGIN_SIGNS.match(line):
            signs.append(found[0].strip())
            line = line[found.end() :]
        line = _KEYCAP.sub("", line)
        if found := _END_SIGNS.search(line[-20:]):
            signs.append(found[0].strip())
            line = line[: len(line) - len(found[0])]
        plain = _EMPHASIS.sub(lambda m: _emphasis(m, notes), line)
        if plain == line and not found:
            break
        line = plain
    number = _NUMBERING.match(line)
    numbered = number is not None and any(c.isalnum() for c in number[0])
    line = line[number.end() :] if number is not None else line
    if found := _BEGIN_SIGNS.match(line):
        signs.append(found[0].strip())
        line = line[found.end() :]
    return line.strip(), [sign for sign in signs if sign], notes, numbered


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run it instead of showing it."""
    return bool(_FORMULA.match(text))


def _emphasis(found: re.Match[str], notes: list[str]) -> str:
    if found[1] == "~":
        notes.append("list.struck")
    return found[2]


def people_of(where: Place, raw: str, line: str, options: Options) -> tuple[list[Draft], list[Piece], bool]:
    """The people that a line names, its pieces, and whether it was numbered; none where none is named."""
    rest, signs, notes, numbered = opened(line)
    base = Draft(where, raw, notes=notes)
    for sign in signs:
        base.remark(sign)
    if is_formula(rest):
        base.note("list.formula")
        return [base], [], True
    if "@" in rest or "://" in rest or "www." in rest:
        rest = _ADDRESS.sub(lambda m: _kept(base, m[0]), rest)
    if _FIGURE.search(rest):
        rest = cut_figures(rest, base, options.day, options.order)
    rest = _ALIAS.sub(lambda m: _kept(base, m[0]), rest)
    pieces, aside = parted(rest)
    pieces = _surname_first(_named_apart(pieces, base))
    for text in aside:
        _aside(text, base, options.day)
    at = next((n for n, piece in enumerate(pieces) if piece.kind is Kind.NAME), None)
    if at is None or any(piece.kind in (Kind.HEADING, Kind.PROSE) for piece in pieces[:at]):
        return [], pieces, numbered
    end = at + 1
    while end < len(pieces) and _goes_on(pieces, at, end):
        end += 1
    names, others, note = people(pieces[at:end])
    if words.folded(names[0]) in words.UNNAMED:
        return [], pieces, numbered
    for piece in (*pieces[:at], *pieces[end:]):
        _beside(piece, base)
    for other in others:
        base.remark(other)
    if note:
        base.note(note)
    return _drafts(names, base), pieces, numbered


def _kept(base: Draft, written: str) -> str:
    base.remark(written.strip())
    return " "


def _goes_on(pieces: list[Piece], at: int, end: int) -> bool:
    """Whether the piece at `end` may be part of the name or names that began at `at`."""
    piece = pieces[end]
    if piece.before not in (",", ";", "\t"):
        return False
    if piece.kind is Kind.STATE and piece.before == "," and end == at + 1 and len(pieces) == end + 1:
        # "Pérez Gil, Lara" may be Lara Pérez Gil.
        first = words.folded(pieces[at].text)
        return words.folded(piece.text) in words.STATE_OR_GIVEN and not words.starts_given(first)
    return piece.kind is Kind.NAME


def _surname_first(pieces: list[Piece]) -> list[Piece]:
    """ "Miranda, Ana" and "Coronel Pérez, Juan": what begins the line before a comma and a name is a surname,
    whatever else it may mean elsewhere."""
    if len(pieces) < 2 or pieces[1].before != "," or pieces[1].kind is not Kind.NAME:
        return pieces
    first = pieces[0]
    surname = first.kind in (Kind.STATE, Kind.PLACE, Kind.TOWN) and not is_explicit_state(first.text)
    title = (
        first.kind is Kind.OCCUPATION and words.folded(first.text).partition(" ")[0] in words.UNSURE_TITLES
    )
    return [Piece(first.text, Kind.NAME, ""), *pieces[1:]] if surname or title else pieces


def _named_apart(pieces: list[Piece], base: Draft) -> list[Piece]:
    """Titles, and what is glued to names as a word, put beside them."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.kind in (Kind.NAME, Kind.OCCUPATION, Kind.PROSE, Kind.HEADING, Kind.OTHER):
            text = _without_titles(piece.text, base)
            if piece.kind is not Kind.OTHER:
                text = _without_markers(text, base)
            if text != piece.text:
                kind, value = kind_of(text) if text else (Kind.SIGNS, "")
                piece = Piece(text, kind, piece.before, value)
            if not piece.text:
                continue
        found.append(piece)
    return found


def _without_titles(text: str, base: Draft) -> str:
    tokens = text.split()
    taken = 0
    while taken < len(tokens) - 1:
        key = words.folded(tokens[taken]).replace(" ", "")
        both = words.folded("".join(tokens[taken : taken + 2])).replace(" ", "")
        if both in words.TITLES and taken < len(tokens) - 2:
            base.occupation = base.occupation or words.TITLES[both]
            taken += 2
            continue
        if key in words.TITLES:
            said = words.TITLES[key]
        elif key in words.UNSURE_TITLES:
            if words.folded(tokens[taken + 1]) not in words.GIVEN:
                if tokens[taken][0].isupper() and taken == 0 and len(tokens) > 2:
                    base.note("list.title_or_name")
                break
            said = words.UNSURE_TITLES[key]
        else:
            break
        base.occupation = base.occupation or said
        taken += 1
    if taken:
        base.remark(" ".join(tokens[:taken]))
        return " ".join(tokens[taken:])
    return text


def _without_markers(text: str, base: Draft) -> str:
    tokens = text.split()
    keys = [words.folded(token) for token in tokens]
    begin, end = 0, len(tokens)
    for at in range(2, end):
        if keys[at] in words.VERBS and not words.MARKERS.isdisjoint(keys[at:]):
            if all(kind_of(token)[0] is Kind.NAME for token in tokens[:at]) and keys[0] in words.GIVEN:
                base.note("list.cut_from_sentence")
                base.remark(" ".join(tokens[at:]))
                return " ".join(tokens[:at])
            return text
    for at in range(2, end):
        if keys[at] in words.MARKERS and words.MARKER_PIECES.issuperset(keys[at:]):
            end = at
            break
    while end - begin > 1 and keys[end - 1] in words.MARKERS:
        end -= 1
    while end - begin > 2 and keys[begin] in words.GIVEN and keys[end - 1] in words.DANGLING:
        end -= 1
    if end < len(tokens):
        base.remark(" ".join(tokens[end:]))
    while end - begin > 1 and keys[begin] in words.MARKERS:
        begin += 1
    if begin:
        base.remark(" ".join(tokens[:begin]))
    return " ".join(tokens[begin:end])


def _aside(text: str, base: Draft, day: date | None) -> None:
    """What stood in brackets."""
    if _AGE_ASIDE.fullmatch(text):
        take_age(base, int(text), text, day)
        return
    written = bare(text)
    kind, value = kind_of(written)
    _beside(Piece(written, kind, "(", value), base)


def _beside(piece: Piece, base: Draft) -> None:
    """A piece that is not the name."""
    if piece.kind is Kind.STATE and not base.state:
        if (
            piece.before == ","
            and not is_explicit_state(piece.text)
            and words.folded(piece.text) in words.STATE_OR_GIVEN
        ):
            base.note("list.name_or_state")
        base.state = piece.value
    elif piece.kind is Kind.PLACE and not base.place:
        base.place = piece.value
        if len(piece.text) > len(piece.value) + 12:
            base.remark(piece.text)
    elif piece.kind is Kind.SEX and not base.sex:
        base.sex = piece.value
    elif piece.kind is Kind.OCCUPATION and not base.occupation:
        base.occupation = piece.text
    else:
        if piece.kind is Kind.NAME and " " in piece.text and words.starts_given(words.folded(piece.text)):
            base.note("list.other_name")
        if piece.kind is Kind.SIGNS and any(c.isdecimal() for c in piece.text):
            base.note("list.number_unread")
        base.remark(piece.text)


def _drafts(names: list[str], base: Draft) -> list[Draft]:
    if len(names) == 1:
        base.name = fitting(names[0], base)
        return [base]
    # What is said beside several names may be of any of them: it is kept in words.
    said = [*base.remarks, *(text for text in (base.document, base.occupation) if text)]
    said += [state_label(base.state)] if base.state else []
    said += [base.place] if base.place else []
    return [
        Draft(
            base.where,
            base.raw,
            fitting(name, base),
            remarks=said,
            notes=[*base.notes, "list.split_line"],
        )
        for name in names
    ]


def fitting(name: str, draft: Draft) -> str:
    """A name that can be kept as one; what it lacks is noted."""
    name = " ".join(bare(name).split())
    if len(name) > MAX_CHARACTERS:
        draft.unread(name, "list.name_long")
        return ""
    if not any(c.isalpha() for c in name):
        draft.note("list.name_without_letters")
        return name
    folded = words.folded(name)
    tokens = folded.split()
    if len(tokens) > 2 and tokens[0] in words.RELATIVES and tokens[1] in ("de", "del", "of"):
        draft.note("list.relative")
    if folded.isascii() and " " not in folded:
        draft.note("list.one_word")
    return name
