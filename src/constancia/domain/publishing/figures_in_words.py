"""Which figure heads an edition, and how a number is said with what it counts."""

from __future__ import annotations

from datetime import date, timedelta

from constancia.domain.errors import InputRefused
from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.blocks import KeyNumber, Number
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Content, Figure
from constancia.domain.publishing.dates_in_words import of_figure
from constancia.domain.publishing.wording import said

HEADLINE = "held"
MOST_ON_COVER = 4


def headline(content: Content) -> Figure:
    """The figure "held", or else the first figure. InputRefused `edition.no_figures` where there is none."""
    found = content.figure(HEADLINE) or next(iter(content.figures), None)
    if found is None:
        raise InputRefused("edition.no_figures", number=content.number)
    return found


def counted(figure: Figure, language: Language) -> str:
    """ "541 personas detenidas"; of one, "personas detenidas: 1", because labels are plural."""
    label, value = plain(figure.label.in_language(language)), printing.number(figure.value, language)
    key = "figures.one" if figure.value == 1 else "figures.many"
    return said(key, language, label=label, number=value)


def key_number(figure: Figure, content: Content, language: Language) -> KeyNumber:
    """A figure as a large number with what it counts and its two dates."""
    return KeyNumber(
        number=Number(printing.number(figure.value, language), figure.name),
        label=plain(figure.label.in_language(language)),
        note=of_figure(figure, content, language),
    )


def on_cover(content: Content, language: Language) -> tuple[KeyNumber, ...]:
    """The headline and the figures that come first in the edition, four in all."""
    first = headline(content)
    others = [figure for figure in content.figures if figure is not first]
    return tuple(key_number(one, content, language) for one in [first, *others][:MOST_ON_COVER])


def opening_day(content: Content) -> date | None:
    """The day that the edition is compared with; None where it is compared with none."""
    if content.balance is not None:
        return content.balance.opening_as_of
    return content.previous.as_of if content.previous else None


def since_previous(content: Content, definition: str) -> Figure | None:
    """The flow of that definition over the time of the balance, if it was frozen.

    From the day after its opening to D: after the edition that it opens with, or a first edition's own day.
    """
    opened = opening_day(content)
    if opened is None:
        return None
    first = opened + timedelta(days=1)
    flows = (one for one in content.figures if one.figure == definition and one.start == first)
    return next((one for one in flows if one.as_of == content.as_of), None)
