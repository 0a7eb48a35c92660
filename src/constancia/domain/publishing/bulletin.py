"""Half a page for messengers and social networks, within what each platform holds.

What matters most goes in first, and what no longer fits is left out whole: no sentence is ever cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.announced_table import quantity
from constancia.domain.publishing.blocks import Number, Text
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Announcement, Balance, Content, Figure, Term
from constancia.domain.publishing.dates_in_words import known, of_content, period
from constancia.domain.publishing.figures_in_words import counted, headline, since_previous
from constancia.domain.publishing.seal import Seal, sealed
from constancia.domain.publishing.wording import said

POST, MESSAGE, LONG = 280, 700, 1900
"""Most characters of each: a post as X counts, a message and a long one as they are."""

_ADDRESS = re.compile(r"\S+\.[^\W\d_]{2,}\S*")
_ADDRESS_LENGTH = 23
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))


@dataclass(frozen=True, slots=True)
class Bulletin:
    """`post`: one paragraph of plain text. `message`: lines with *bold*. `long`: the same with more in it."""

    post: str
    message: str
    long: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a bulletin; the smaller `rank`, the sooner it is let in. `gap`: a free line before it."""

    text: str
    rank: int
    gap: bool = False


def bulletin(content: Content, language: Language, seal: Seal | None = None) -> Bulletin:
    """The bulletin of an edition in one language; the long one ends with the `seal` of the log.

    Raises InputRefused `edition.no_figures`, `edition.zone`.
    """
    return Bulletin(
        post=_fitting(_post(content, language), POST, weighted_length, " ", _bare(content, language)),
        message=_message(content, language),
        long=_fitting(
            [*_lines(content, language), *_more(content, language), *_sealed(seal, language)],
            LONG,
            len,
            "\n",
            _bare(content, language),
        ),
    )


def _sealed(seal: Seal | None, language: Language) -> list[_Part]:
    """Before anything but the first lines: what is printed holds us to what we said."""
    return [_Part(sealed(seal, language), 1, gap=True)] if seal is not None else []


def _message(content: Content, language: Language) -> str:
    """With the causes of the balance where there is room for everything, else without them."""
    whole = _lines(content, language)
    if len(_together(whole, "\n")) > MESSAGE:
        whole = _lines(content, language, causes=False)
    return _fitting(whole, MESSAGE, len, "\n", _bare(content, language))


def weighted_length(text: str) -> int:
    """The length of a post as X counts it, or more: Latin letters one, most other signs two, an address 23.

    What only looks like an address counts as one or by its letters, whichever is more.
    """
    whole = unicodedata.normalize("NFC", text)
    addresses = sum(max(_ADDRESS_LENGTH, _weight(one)) for one in _ADDRESS.findall(whole))
    return _weight(_ADDRESS.sub("", whole)) + addresses


def _weight(text: str) -> int:
    return sum(1 if any(first <= ord(sign) <= last for first, last in _LIGHT) else 2 for sign in text)


def _fitting(
    parts: Sequence[_Part], most: int, length: Callable[[str], int], between: str, otherwise: str
) -> str:
    """The parts that fit, in their own order; `otherwise` where not even the first rank does."""
    kept: set[int] = set()
    for place, _ in sorted(enumerate(parts), key=lambda one: one[1].rank):
        text = _together([part for at, part in enumerate(parts) if at in kept or at == place], between)
        if length(text) <= most:
            kept.add(place)
    first = min(range(len(parts)), key=lambda at: parts[at].rank)
    return _together([parts[at] for at in sorted(kept)], between) if first in kept else otherwise


def _together(parts: Sequence[_Part], between: str) -> str:
    found = ""
    for part in parts:
        found += (
            (between if found else "") + ("\n" if part.gap and found and between == "\n" else "") + part.text
        )
    return found


def _bare(content: Content, language: Language) -> str:
    """What fits anywhere: the number, the day, the edition."""
    return said(
        "bulletin.bare",
        language,
        number=printing.number(headline(content).value, language),
        day=printing.day(content.as_of, language),
        edition=str(content.number),
    )


def _post(content: Content, language: Language) -> list[_Part]:
    """The pieces of a post, in the order of reading."""
    head = headline(content)
    day = printing.capital(period(head.as_of, language, head.start))
    found = [_Part(said("bulletin.held", language, day=day, held=unmarked(counted(head, language))), 0)]
    if changed := _changed(content, language, shortly=True):
        found.append(_Part(f"{printing.capital(changed)}.", 2))
    if released := since_previous(content, "released"):
        found.append(_Part(_released(released, content, language), 3))
    if content.announcements:
        latest = max(
            content.announcements, key=lambda one: (one.value is not None, one.announced_on, one.number)
        )
        found.append(_Part(_announced_shortly(latest, language), 4))
    second = known(head.as_of, head.known_at, content.zone, language)
    found.append(_Part(f"{printing.capital(second)}.", 1))
    found.append(_Part(_where(content, language), 1))
    return found


def _released(figure: Figure, content: Content, language: Language) -> str:
    """ "Excarcelaciones desde entonces: 32." after the change; with its days where no change is said."""
    number = printing.number(figure.value, language)
    if content.balance:
        return said("bulletin.released", language, number=number)
    dates = period(figure.as_of, language, figure.start)
    return f"{said('bulletin.released_between', language, number=number, dates=dates)}."


def _lines(content: Content, language: Language, *, causes: bool = True) -> list[_Part]:
    """The lines of a message, in the order of reading. `causes`: why people came in and went out."""
    head = headline(content)
    title = said("balance.caption", language, day=printing.short_day(content.as_of, language))
    held = unmarked(counted(head, language))
    number = printing.number(head.value, language)
    found = [_Part(f"*{title}*", 1), _Part(held.replace(number, f"*{number}*", 1), 0)]
    if changed := _changed(content, language):
        found.append(_Part(printing.capital(changed), 2))
    if balance := content.balance:
        found.append(_Part(_sides(balance, language, causes), 5, gap=True))
    elif content.previous is None:
        found.append(_Part(said("bulletin.first", language), 5, gap=True))
    if released := since_previous(content, "released"):
        dates = period(released.as_of, language, released.start)
        value = printing.number(released.value, language)
        found.append(_Part(said("bulletin.released_between", language, number=f"*{value}*", dates=dates), 3))
    found += _announcements(content, language)
    found.append(_Part(f"{printing.capital(of_content(content, language))}.", 1, gap=True))
    found.append(_Part(_where(content, language), 1))
    return found


def _announcements(content: Content, language: Language) -> list[_Part]:
    """A heading and one line for each announcement, the latest let in first."""
    if not content.announcements:
        return []
    found = [_Part(f"*{said('bulletin.announced_heading', language)}*", 3, gap=True)]
    newest = sorted(content.announcements, key=lambda one: (one.announced_on, one.number), reverse=True)
    ranks = {one.number: 4 + place for place, one in enumerate(newest)}
    for one in content.announcements:
        found.append(_Part(f"• {_announced(one, language)}", ranks[one.number]))
    return found


def _more(content: Content, language: Language) -> list[_Part]:
    """What only the long one has: older cases, limits, other figures, errata."""
    head = headline(content)
    found = []
    if head.lowest < head.highest:
        low, high = printing.number(head.lowest, language), printing.number(head.highest, language)
        found.append(_Part(said("bulletin.between", language, lowest=low, highest=high), 6, gap=True))
    if content.balance and content.balance.older_cases:
        number = printing.number(content.balance.older_cases, language)
        day = printing.short_day(content.balance.opening_as_of, language)
        older = said("balance.older_cases", language, number=number, day=day)
        found.append(_Part(older, 6, gap=not found))
    shown = {head.name, *(one.name for one in [since_previous(content, "released")] if one)}
    others = [one for one in content.figures if one.name not in shown]
    if others:
        found.append(_Part(f"*{said('bulletin.others', language)}*", 7, gap=True))
        found += [_Part(f"• {unmarked(counted(one, language))}", 8) for one in others]
    for one in content.errata:
        words = unmarked(plain(one.words.in_language(language)))
        text = said("bulletin.erratum", language, edition=str(one.edition), words=words)
        found.append(_Part(text, 7, gap=True))
    return found


def _changed(content: Content, language: Language, *, shortly: bool = False) -> str:
    """ "32 menos que el 24 de febrero de 2026 (edición 1)"; "" where there is nothing to compare with.

    `shortly`: without the edition, and without the year where it is the same.
    """
    balance = content.balance
    if balance is None:
        return ""
    change = balance.closing - balance.opening
    key = "bulletin.fewer" if change < 0 else "bulletin.more" if change else "bulletin.same"
    year = not shortly or balance.opening_as_of.year != content.as_of.year
    day = printing.day(balance.opening_as_of, language, year=year)
    text = said(key, language, number=printing.number(abs(change), language), day=day)
    if balance.edition is None:
        opened = printing.number(balance.opening, language)
        return text if shortly else said("bulletin.of_opening", language, text=text, number=opened)
    return text if shortly else said("bulletin.of_edition", language, text=text, edition=str(balance.edition))


def _sides(balance: Balance, language: Language, causes: bool) -> str:
    """Who came in and who went out, always both: one without the other would mislead."""
    terms = (("came", balance.came), ("went", balance.went))
    return "\n".join(_side(side, some, language, causes) for side, some in terms)


def _side(side: str, terms: tuple[Term, ...], language: Language, causes: bool) -> str:
    """ "Entraron en la cuenta 10 (detenidas: 4; conocidas tarde: 6)."; without `causes` the number alone."""
    total = printing.number(sum(term.value for term in terms), language)
    parts = []
    for term in terms:
        if term.value:
            label = unmarked(plain(term.label.in_language(language)))
            if term.cause == "released":  # the releases of the period are said beside it, and are more
                label = said("bulletin.cause_released", language)
            parts.append(f"{label[:1].lower()}{label[1:]}: {printing.number(term.value, language)}")
    why = f" ({'; '.join(parts)})" if parts and causes else ""
    return said(f"bulletin.{side}", language, number=total, causes=why)


def _announced(one: Announcement, language: Language) -> str:
    """One announcement in a line of its own: by whom and when, which every language can say."""
    claimant = printing.capital(unmarked(plain(one.claimant.in_language(language))))
    title = said("announced.who", language, who=claimant, day=printing.day(one.announced_on, language))
    verified = f"*{printing.number(one.verified, language)}*"
    if one.value is None:
        return said("bulletin.announced_no_number", language, title=title, verified=verified)
    return said(
        "bulletin.announced", language, title=title, announced=_quantity(one, language), verified=verified
    )


def _announced_shortly(one: Announcement, language: Language) -> str:
    day, verified = printing.day(one.announced_on, language), printing.number(one.verified, language)
    if one.value is None:
        return said("bulletin.short_no_number", language, day=day, verified=verified)
    return said("bulletin.short", language, day=day, announced=_quantity(one, language), verified=verified)


def _quantity(one: Announcement, language: Language) -> str:
    runs = quantity(one.value or 0, one.qualifier, "", language)
    return "".join(run.text for run in runs if isinstance(run, Text | Number))


def _where(content: Content, language: Language) -> str:
    """Where to read more: the organisation and the number of the edition; no address is made up."""
    organisation = unmarked(plain(content.organisation))
    return said("bulletin.where", language, organisation=organisation, edition=str(content.number))


def unmarked(text: str) -> str:
    """A text without the signs that messengers take for bold, slanted, struck or typewritten."""
    return re.sub(r"[*_~`]", "", text)
