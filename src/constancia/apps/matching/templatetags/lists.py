"""Tags of this room's templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from constancia.apps.matching import wording
from constancia.domain.catalogue import explain
from constancia.domain.dates import ImpreciseDate
from constancia.domain.dates.words import in_words
from constancia.domain.errors import InputRefused
from constancia.domain.matching.marking import Piece
from constancia.domain.matching.shapes import Reason
from constancia.infra.spoken import language

register = template.Library()


@register.filter
def when(value: ImpreciseDate) -> str:
    """An imprecise date in words."""
    return in_words(value, language()) if value.edtf else ""


@register.filter
def pieces(value: Iterable[Piece]) -> SafeString:
    """A name with what differs from the other writing marked."""
    return format_html_join("", "{}", ((_piece(one),) for one in value))


def _piece(one: Piece) -> SafeString | str:
    return format_html('<mark class="dif">{}</mark>', one.text) if one.differs else one.text


@register.filter
def percent(value: float) -> str:
    """A probability in hundredths; what is nearly sure or nearly impossible is not said to be so."""
    hundredths = round(value * 100)
    if hundredths >= 100 and value < 1:
        return "> 99 %"
    return "< 1 %" if hundredths <= 0 else f"{hundredths} %"


@register.filter
def weight(value: float) -> str:
    """What a comparison contributed, in bits: +5,2 or −3,0."""
    shown = f"{abs(value):.1f}"
    sign = "+" if value >= 0 else "−"
    return sign + (shown.replace(".", ",") if language() == "es" else shown)


@register.filter
def reason_words(value: Reason) -> str:
    """What a comparison found."""
    return wording.reason(value)


@register.filter
def strongest(value: Sequence[Reason], most: int) -> list[Reason]:
    """The comparisons that contributed most either way, in their order."""
    kept = sorted(value, key=lambda one: -abs(one.weight))[:most]
    return [one for one in value if one in kept]


@register.filter
def why(value: str) -> str:
    """Why nothing is recorded."""
    return wording.why(value)


@register.filter
def group_words(value: str) -> str:
    """The name of a group."""
    return wording.group(value)


@register.filter
def refusal(code: str) -> str:
    """Why a line of the file is no entry, where the reader says it by a code that the catalogue has."""
    try:
        return explain(InputRefused(code), language())
    except KeyError:
        return code
