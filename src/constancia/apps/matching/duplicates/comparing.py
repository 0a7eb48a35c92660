"""Two people beside each other, in words: what is the same, what differs, what one of them lacks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from constancia.apps.matching.duplicates.queries import Suggestion
from constancia.apps.register import wording
from constancia.apps.register.queries import Event, Side
from constancia.domain.dates import ImpreciseDate
from constancia.domain.dates.words import in_words
from constancia.domain.matching.differences import Part, marked
from constancia.domain.matching.shapes import Days
from constancia.domain.timeline.ages import born_when_aged
from constancia.infra.spoken import language

Wording = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison, any number of wordings a side. `agree` is None where one is missing."""

    label: str
    one: tuple[Wording, ...]
    other: tuple[Wording, ...]
    agree: bool | None


def rows(pair: Suggestion) -> list[Row]:
    """The lines to show, those left out of which neither knows anything."""
    one, other = pair.one, pair.other
    found = [
        _lettered(_("Nombre"), one.names[:1], other.names[:1]),
        _lettered(_("También"), one.names[1:], other.names[1:]),
        _lettered(_("Documento"), one.documents, other.documents),
        _ages(one, other),
        _whole(_("Sexo"), one, other, lambda side: [wording.term("Sex", side.sex)]),
        _whole(_("Ocupación"), one, other, lambda side: [side.occupation]),
        _whole(_("Estado"), one, other, _states),
        _plainly(_("Lugar"), one, other, _places),
        _whole(_("Qué pasó"), one, other, lambda side: [_event(event) for event in side.events]),
        _plainly(_("Libertad"), one, other, lambda side: [wording.term("Custody", side.line.custody)]),
    ]
    return [row for row in found if row.one or row.other]


def _lettered(label: str, one: Sequence[str], other: Sequence[str]) -> Row:
    """Each wording against the other side's first, letter by letter; what stands on both sides is whole."""
    return Row(
        label,
        tuple(_against(text, other)[0] for text in one),
        tuple(_against(text, one)[0] for text in other),
        bool({_plain(text) for text in one} & {_plain(text) for text in other}) if one and other else None,
    )


def _against(text: str, others: Sequence[str]) -> tuple[Wording, Wording]:
    same = next((other for other in others if _plain(other) == _plain(text)), None)
    if not others:
        return (Part(text, False),), ()
    return marked(text, same if same is not None else others[0])


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _whole(label: str, one: Side, other: Side, told: Callable[[Side], Sequence[str]]) -> Row:
    mine = tuple(dict.fromkeys(filter(None, told(one))))
    theirs = tuple(dict.fromkeys(filter(None, told(other))))
    known = bool(mine and theirs)
    return Row(
        label,
        tuple((Part(text, known and text not in theirs),) for text in mine),
        tuple((Part(text, known and text not in mine),) for text in theirs),
        bool(set(mine) & set(theirs)) if known else None,
    )


def _day(when: ImpreciseDate) -> str:
    return in_words(when, language())


def _plainly(label: str, one: Side, other: Side, told: Callable[[Side], Sequence[str]]) -> Row:
    """Where people are and how it stands changes: a difference there says nothing, and is not marked."""
    row = _whole(label, one, other, told)
    mine, theirs = (tuple((Part(part.text, False),) for (part,) in side) for side in (row.one, row.other))
    return Row(label, mine, theirs, row.agree or None)


def _ages(one: Side, other: Side) -> Row:
    """Birth dates and ages say the same thing: they differ if no day of birth fits both sides."""
    mine, theirs = _births(one), _births(other)
    spans = [[days for __, days in side if days is not None] for side in (mine, theirs)]
    fit = None
    if all(spans):
        fit = any(a[0] <= b[1] and b[0] <= a[1] for a in spans[0] for b in spans[1])
    return Row(
        _("Nacimiento o edad"),
        tuple((Part(text, fit is False),) for text, __ in mine),
        tuple((Part(text, fit is False),) for text, __ in theirs),
        fit,
    )


def _births(side: Side) -> list[tuple[str, Days | None]]:
    """Each wording, with the days between which it puts the birth; None where a side is open."""
    found: list[tuple[str, Days | None]] = [(_day(born), _span(born)) for born in side.births]
    for years, when in side.ages:
        days = _span(when)
        text = _("%(years)s años") % {"years": years}
        if when.edtf:
            text = _("%(years)s años (%(day)s)") % {"years": years, "day": _day(when)}
        found.append((text, born_when_aged(years, *days) if days else None))
    return found


def _span(when: ImpreciseDate) -> Days | None:
    if when.earliest is None or when.latest is None:
        return None
    return when.earliest.toordinal(), when.latest.toordinal()


def _states(side: Side) -> list[str]:
    return [wording.state(event.state) for event in side.events if event.state]


def _places(side: Side) -> list[str]:
    return [event.place for event in side.events if event.place]


def _event(event: Event) -> str:
    return f"{wording.kind(event.kind)}: {_day(event.when)}"
