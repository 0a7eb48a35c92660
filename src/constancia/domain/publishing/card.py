"""What the picture card for messengers and social networks says, and its alternative text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from constancia.domain.language import Language
from constancia.domain.publishing.charts.announced import in_order, qualified
from constancia.domain.publishing.charts.described import plain, sentence, words
from constancia.domain.publishing.charts.printing import clean, clock, day_of
from constancia.domain.publishing.charts.waterfall import Drop, drops
from constancia.domain.publishing.content import Announcement, Content, Figure
from constancia.domain.publishing.dates_in_words import period
from constancia.domain.publishing.printing import capital, day, number, signed

MOST_PROMISES = 2
MOST_CHANGES = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """A number as printed and what it counts."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class Promise:
    """An announcement: who made it and when, what came of it in words, and as numbers for a bar."""

    who: str
    words: str
    announced: int | None
    verified: int


@dataclass(frozen=True, slots=True)
class Card:
    """All that stands on the card. What the content does not have is None or empty.

    `change` compares `held` with the edition before; `changes` are (signed number, cause), largest first;
    `drawn` the same with the small ones summed up, so that what is seen adds up.
    """

    organisation: str
    edition: str
    as_of: str
    known: str
    rule: str
    held: Counted | None
    change: str
    released: Counted | None
    changed: str
    changes: tuple[tuple[str, str], ...]
    drawn: tuple[tuple[str, str], ...]
    announced: str
    promises: tuple[Promise, ...]


def card(content: Content, language: Language) -> Card:
    """The card of an edition."""
    held = content.figure("held")
    released = _released(content)
    balance = content.balance
    rule = next((one.label for one in content.rules if one.name == content.rule), None)
    steps = sorted(drops(balance, language), key=lambda one: -abs(one.change)) if balance else []
    changed = ""
    if balance:
        ends = {part: number(getattr(balance, part), language) for part in ("opening", "closing")}
        changed = plain(sentence("card.changed", language, **ends))
    return Card(
        organisation=clean(content.organisation),
        edition=plain(sentence("card.edition", language, number=str(content.number))),
        as_of=plain(sentence("card.as_of", language, day=day(content.as_of, language))),
        known=_known(content, language),
        rule=plain(sentence("card.rule", language, rule=clean(rule.in_language(language)))) if rule else "",
        held=_counted(held, language),
        change=_change(content, language),
        released=_releases(released, language),
        changed=changed,
        changes=tuple((signed(one.change, language), _cause(one, language)) for one in steps),
        drawn=_drawn(steps, language),
        announced=words("card.announced", language) if content.announcements else "",
        promises=tuple(_promise(one, language) for one in reversed(in_order(content)[-MOST_PROMISES:])),
    )


def card_alt(content: Content, language: Language) -> str:
    """Everything that the card says, in sentences."""
    says = card(content, language)
    changes = "; ".join(f"{label}, {change}" for change, label in says.changes)
    if says.changed and not changes:
        changes = words("card.unchanged", language).rstrip(".")
    held = f"{says.held.number} {says.held.label}" if says.held else ""
    return plain(
        sentence(
            "card.alt",
            language,
            organisation=says.organisation,
            number=str(content.number),
            held=f"{says.as_of}: {held}" if held else says.as_of,
            change=f", {says.change}. " if says.change else ". ",
            released=f"{says.released.number} {says.released.label}. " if says.released else "",
            changed=f"{says.changed}: {changes}. " if says.changed else "",
            announced="".join(f"{one.who}: {one.words}. " for one in says.promises),
            known=says.known,
        )
    )


def _counted(figure: Figure | None, language: Language) -> Counted | None:
    if figure is None:
        return None
    return Counted(number(figure.value, language), clean(figure.label.in_language(language)))


def _releases(figure: Figure | None, language: Language) -> Counted | None:
    """The releases with the days that they are of."""
    if figure is None:
        return None
    dates = period(figure.as_of, language, figure.start)
    return Counted(number(figure.value, language), plain(sentence("card.released", language, dates=dates)))


def _cause(one: Drop, language: Language) -> str:
    """Of releases the card says that they are of people who were in the count: all stand beside them."""
    if one.name == "balance.out.released.change":
        return words("card.cause_released", language)
    return one.label


def _drawn(steps: list[Drop], language: Language) -> tuple[tuple[str, str], ...]:
    shown = steps if len(steps) <= MOST_CHANGES else steps[: MOST_CHANGES - 1]
    found = [(signed(one.change, language), _cause(one, language)) for one in shown]
    if rest := steps[len(shown) :]:
        total = sum(one.change for one in rest)
        found.append((signed(total, language), words("card.causes_others", language)))
    return tuple(found)


def _released(content: Content) -> Figure | None:
    """The releases since the last edition; where there was none, those of the shortest period to D."""
    named = content.figure("released_since_previous")
    if named is not None:
        return named
    flows = [one for one in content.figures if one.figure == "released" and one.start is not None]
    if content.previous is not None:
        opened = content.balance.opening_as_of if content.balance else content.previous.as_of
        first = opened + timedelta(days=1)
        flows = [one for one in flows if one.start == first] or flows
    return max(flows, key=lambda one: (one.start.isoformat() if one.start else "", one.name), default=None)


def _change(content: Content, language: Language) -> str:
    """ "32 menos que al 24 de febrero de 2026"."""
    balance = content.balance
    if balance is None:
        return ""
    change = balance.closing - balance.opening
    key = "card.same" if not change else "card.fewer" if change < 0 else "card.more"
    when = _since(content, language)
    values = {"change": number(abs(change), language)} if change else {}
    said = plain(sentence(key, language, day=when, **values))
    if balance.edition is not None:
        return said
    opening = number(balance.opening, language)
    return plain(sentence("card.of_opening", language, change=said, number=opening))


def _since(content: Content, language: Language) -> str:
    """The day of the opening balance; its year only where it is another than the edition's."""
    if content.balance is None:
        return ""
    opened = content.balance.opening_as_of
    return day(opened, language, year=opened.year != content.as_of.year)


def _known(content: Content, language: Language) -> str:
    when = day(day_of(content.known_at, content.zone), language)
    return plain(sentence("card.known", language, day=when, hour=clock(content.known_at, content.zone)))


def _promise(one: Announcement, language: Language) -> Promise:
    who = f"{capital(clean(one.claimant.in_language(language)))}, {day(one.announced_on, language)}"
    verified = number(one.verified, language)
    if one.value is None:
        said = sentence("card.unsaid", language, verified=verified)
    else:
        value = qualified(one.value, one.qualifier, "", language)
        said = sentence("card.of", language, verified=verified, value=value)
    return Promise(who, plain(said), one.value, one.verified)
