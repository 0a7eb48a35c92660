"""Tags for templates: days, numbers and terms in words, grades, the two-dates note, charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from constancia.apps.figures import wording as figures
from constancia.apps.register import wording
from constancia.apps.register.redacted import Gone
from constancia.domain.dates.edtf import parse
from constancia.domain.dates.words import in_words as date_in_words
from constancia.domain.matching.shapes import Reason
from constancia.domain.matching.words import said as said_of
from constancia.domain.vocabulary.states import states as known_states
from constancia.domain.vocabulary.terms import Grade
from constancia.infra import clock
from constancia.infra.bootstrap import zone
from constancia.infra.spoken import language
from constancia.web import charts, words

register = template.Library()


def _local_day(value: date | datetime) -> date:
    return value.astimezone(zone()).date() if isinstance(value, datetime) else value


def _as_day(value: date | datetime | str) -> date:
    return date.fromisoformat(value[:10]) if isinstance(value, str) else _local_day(value)


@register.filter
def day(value: date | datetime | str | None) -> str:
    """24 de febrero de 2026."""
    return words.day_in_words(_as_day(value), language()) if value else ""


@register.filter
def edtf_words(value: str) -> str:
    """An imprecise date in words: «enero de 2026»; nothing where it is not known."""
    return date_in_words(parse(value), language()) if value else ""


@register.filter
def day_short(value: date | datetime | str | None) -> str:
    """24 feb 2026."""
    return words.day_short(_as_day(value), language()) if value else ""


@register.filter
def day_numeric(value: date | datetime | str | None) -> str:
    """24/02/2026."""
    return words.day_numeric(_as_day(value)) if value else ""


@register.filter
def iso(value: date | datetime | str | None) -> str:
    """2026-02-24, as date fields want it."""
    return _as_day(value).isoformat() if value else ""


@register.simple_tag
def instant(value: datetime) -> SafeString:
    """A time element in the organisation's zone."""
    local = value.astimezone(zone())
    text = f"{words.day_short(local.date(), language())}, {local:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', words.instant_iso(value), text)


@register.filter
def number(value: int | None) -> str:
    """18 824, with the language's grouping; a dash where there is none."""
    return "–" if value is None else words.number(value, language())


@register.filter
def signed(value: int) -> str:
    """+12, −28, 0."""
    return words.signed(value, language())


@register.filter
def bounds(figure: Mapping[str, Any]) -> str:
    """«entre 570 y 579» for a figure whose bounds differ from its value, else nothing."""
    low, high, value = figure["lowest"], figure["highest"], figure["value"]
    if low == high == value:
        return ""
    return _("entre %(low)s y %(high)s") % {
        "low": words.number(low, language()),
        "high": words.number(high, language()),
    }


@register.filter
def term(value: str, enum: str) -> str:
    """The words of a closed term of the vocabulary: `value|term:"Custody"`."""
    return wording.term(enum, value)


@register.filter
def state(value: str) -> str:
    """The name of a state of the country."""
    return wording.state(value) if value else ""


@register.filter
def exit_words(value: str) -> str:
    """The words of a way out of prison as state versions name it ("release.full")."""
    return figures.category("kind", value.rpartition(".")[2])


@register.simple_tag
def states() -> list[str]:
    """The names of the states of the country, for a field to propose."""
    return [names[language()] for names in known_states().values()]


@register.filter
def kind_words(value: str) -> str:
    """The words of a kind of fact."""
    return wording.kind(value)


@register.simple_tag
def fact_words(kind: str, fields: Mapping[str, Any]) -> str:
    """What a fact says beside its kind, with a leading colon; empty if nothing."""
    said = wording.said(kind, fields)
    return f": {said}" if said else ""


@register.simple_tag
def erased_words(gone: Gone) -> str:
    """What is read in the place of words that were erased."""
    return wording.erased_words(gone)


@register.simple_tag
def reason_words(reason: Reason) -> str:
    """What one comparison of two people found, as a sentence."""
    return said_of(reason, language())


@register.simple_tag
def couple_share(probability: float) -> str:
    """«unas 97 de 100 parejas así son la misma persona»; never all nor none, for nobody knows that."""
    shown = min(99, max(1, round(probability * 100)))
    return _("unas %(shown)s de cada 100 parejas así son una sola persona") % {"shown": shown}


@register.simple_tag
def grade(value: int) -> SafeString:
    """A grade as a word with its sign: full, half or empty circle, lozenge for disputed."""
    name = Grade(value).name.lower()
    return format_html('<span class="grade g{}">{}</span>', int(value), wording.term("Grade", name))


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """mapping[key], nothing where it is absent."""
    return mapping.get(key, "")


@register.simple_tag
def two_dates(as_of: date | str, known_at: date | datetime | str, start: date | str | None = None) -> str:
    """«al 24/02/2026, según lo conocido el 25/02/2026»: the footnote every figure carries.

    What is counted over a period has its first day too, `start`.
    """
    if start is not None:
        return _("del %(start)s al %(as_of)s, según lo conocido el %(known_at)s") % {
            "start": words.day_numeric(_as_day(start)),
            "as_of": words.day_numeric(_as_day(as_of)),
            "known_at": words.day_numeric(_as_day(known_at)),
        }
    return _("al %(as_of)s, según lo conocido el %(known_at)s") % {
        "as_of": words.day_numeric(_as_day(as_of)),
        "known_at": words.day_numeric(_as_day(known_at)),
    }


@register.simple_tag
def bar_chart(
    ident: str,
    title: str,
    description: str,
    days: Sequence[date],
    stacks: Sequence[charts.Stack | Mapping[str, Any]],
    marks: Sequence[charts.Mark | Mapping[str, Any]] = (),
) -> SafeString:
    """Daily bars as SVG: `stacks` of label and counts, `marks` of day and words."""
    bars = [s if isinstance(s, charts.Stack) else charts.Stack(s["label"], s["counts"]) for s in stacks]
    notes = [m if isinstance(m, charts.Mark) else charts.Mark(_as_day(m["day"]), m["words"]) for m in marks]
    along = [_as_day(each) for each in days]
    return mark_safe(charts.bar_chart(ident, title, description, along, bars, notes, language()))


@register.simple_tag
def line_chart(
    ident: str, title: str, description: str, series: Sequence[Mapping[str, Any]], half: bool = False
) -> SafeString:
    """A stock over time as SVG: `series` in the shape of a figure's series; `half`: half a page wide."""
    readings = [
        charts.Reading(_as_day(row["as_of"]), row["value"], row["lowest"], row["highest"]) for row in series
    ]
    return mark_safe(charts.line_chart(ident, title, description, readings, language(), half))


@register.simple_tag
def compared_chart(
    ident: str,
    title: str,
    description: str,
    series: Sequence[Mapping[str, Any]],
    claimants: Sequence[Mapping[str, Any]],
) -> SafeString:
    """Our stock with others' figures as points: `claimants` of name and points (day, value)."""
    readings = [
        charts.Reading(_as_day(row["as_of"]), row["value"], row["lowest"], row["highest"]) for row in series
    ]
    said = [
        charts.Said(one["name"], [(_as_day(point["day"]), point["value"]) for point in one["points"]])
        for one in claimants
    ]
    return mark_safe(charts.compared_chart(ident, title, description, readings, said, language()))


@register.simple_tag
def sign_key(order: int) -> SafeString:
    """The sign of the claimant in place `order`, for the legend."""
    return mark_safe(charts.sign_key(order))


@register.simple_tag
def share_bar(parts: Sequence[Mapping[str, Any]]) -> SafeString:
    """The flat bar of a whole in its parts, each with `label`, `value` and `colour`."""
    shares = [charts.Share(str(part["label"]), int(part["value"]), int(part["colour"])) for part in parts]
    return mark_safe(charts.share_bar(shares))


@register.simple_tag
def announced(value: int | None, qualifier: str) -> str:
    """«al menos 99 anunciadas», "" where no number was given."""
    if value is None:
        return ""
    shown = words.number(value, language())
    told = ngettext("%(number)s anunciada", "%(number)s anunciadas", value) % {"number": shown}
    return told if qualifier == "exact" else f"{wording.term('Qualifier', qualifier)} {told}"


@register.simple_tag
def progress_chart(
    ident: str,
    title: str,
    description: str,
    span: tuple[date, date],
    steps: Sequence[tuple[datetime, int]],
    announced: int | None,
    announced_words: str = "",
) -> SafeString:
    """What came of a promise as SVG: `steps` of known instant and number, over the days of `span`."""
    first, last = span
    days = [date.fromordinal(each) for each in range(first.toordinal(), last.toordinal() + 1)]
    rises = []
    for known_at, value in steps:
        local = known_at.astimezone(zone())
        rises.append(charts.Rise(local.date(), (local.hour * 60 + local.minute) / 1440, value))
    return mark_safe(
        charts.progress_chart(ident, title, description, days, rises, announced, announced_words, language())
    )


@register.simple_tag
def progress_bar(verified: int, reported: int, announced: int | None) -> SafeString:
    """The flat bar of a promise: verified, reported, not known to be out."""
    return mark_safe(charts.progress_bar(verified, reported, announced))


SPELL_STYLES = {
    "in_custody": "t-in",
    "house_arrest": "t-house",
    "out_under_measures": "t-out",
    "out_unspecified": "t-out",
    "free": "t-free",
}


@register.inclusion_tag("web/strip.html")
def timeline(spells: Sequence[Any]) -> dict[str, Any]:
    """The spells of one detention as a strip and a list: where the person was, from when to when."""
    today = clock.now().astimezone(zone()).date().toordinal()
    stretches, rows = [], []
    for spell in spells:
        style = SPELL_STYLES.get(spell.custody, "t-other")
        end = min(spell.end_day, max(today, spell.start_day))
        stretches.append((style, end - spell.start_day))
        lasts = spell.end_day > today
        rows.append(
            {
                "style": style,
                "custody": wording.term("Custody", spell.custody),
                "start": date.fromordinal(spell.start_day) if spell.start_day > 0 else None,
                "end": None if lasts else date.fromordinal(spell.end_day),
                "grade": spell.start_grade,
            }
        )
    return {"svg": mark_safe(charts.strip(stretches)) if stretches else "", "rows": rows}
