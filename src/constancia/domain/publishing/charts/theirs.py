"""What the chart of somebody else's figures beside ours says."""

from __future__ import annotations

from constancia.domain.language import Language
from constancia.domain.publishing.blocks import DataTable, TableCell, Text
from constancia.domain.publishing.charts.announced import qualified
from constancia.domain.publishing.charts.described import (
    Described,
    Runs,
    between,
    counted,
    head,
    key_of,
    number_cell,
    plain,
    row,
    sentence,
    text_cell,
    words,
)
from constancia.domain.publishing.charts.printing import clean
from constancia.domain.publishing.content import Claim, Content
from constancia.domain.publishing.printing import day
from constancia.domain.vocabulary.labels import term_labels

PREFIX = "claims:"


def abouts(content: Content) -> tuple[str, ...]:
    """What the claims shown are about, each once, in the order in which they come."""
    return tuple(dict.fromkeys(one.about for one in content.claims))


def claims_about(content: Content, about: str) -> tuple[Claim, ...]:
    """The claims about one thing, the latest first."""
    found = (one for one in content.claims if one.about == about)
    return tuple(sorted(found, key=lambda one: (_when(one), one.number), reverse=True))


def beside(claim: Claim) -> int | None:
    """Our figure that stands beside a claim: under the claimant's rule where we know it; else ours.

    None where the two are not comparable.
    """
    if claim.not_comparable is not None:
        return None
    return claim.restated if claim.restated is not None else claim.ours


def dated(claim: Claim, language: Language) -> str:
    """The day or period that a claim is about, else the day on which it was published."""
    if claim.as_of is not None and claim.start is not None:
        return between(claim.start, claim.as_of, language)
    if claim.as_of is not None:
        return day(claim.as_of, language)
    return day(claim.published, language) if claim.published else words("claims.undated", language)


def theirs(content: Content, about: str, language: Language) -> Described:
    """Others' figures about one thing, each with ours for the same day or period."""
    ones = claims_about(content, about)
    items = " ".join(_alt_item(one, language) for one in ones)
    notes = [sentence("claims.compared", language)] if any(beside(one) is not None for one in ones) else []
    notes += [
        sentence(
            "claims.not_comparable",
            language,
            claimant=clean(one.claimant.in_language(language)),
            why=clean(one.why.in_language(language)) if one.why else "",
        )
        for one in ones
        if beside(one) is None
    ]
    return Described(
        PREFIX + about,
        _title(ones, language),
        plain(sentence("claims.alt", language, items=items)),
        _data(about, ones, language),
        tuple(notes),
    )


def _when(claim: Claim) -> str:
    when = claim.as_of or claim.published
    return when.isoformat() if when else ""


def said(claim: Claim, language: Language) -> Runs:
    """Their number as they meant it: "más de 800"."""
    return qualified(claim.value, claim.qualifier, f"claim.{claim.number}.value", language)


def _ours_name(claim: Claim) -> str:
    return f"claim.{claim.number}.{'restated' if claim.restated is not None else 'ours'}"


def _title(ones: tuple[Claim, ...], language: Language) -> Runs:
    """The latest claim that can be compared, with ours and the difference; else the latest."""
    one = next((claim for claim in ones if beside(claim) is not None), ones[0])
    claimant, ours = clean(one.claimant.in_language(language)), beside(one)
    if ours is None:
        return sentence(
            "claims.alone",
            language,
            about=about_label(one.about, language),
            claimant=claimant,
            theirs=said(one, language),
        )
    basis = "basis_rule" if one.restated is not None else "basis_period" if one.start else "basis_same"
    difference = one.value - ours if one.difference is None else one.difference
    size = f"claim.{one.number}.difference{'' if difference >= 0 else '.size'}"
    gap = counted(abs(difference), size, language)
    same = words("claims.no_gap", language) if one.qualifier == "exact" else ""
    return sentence(
        "claims.title",
        language,
        about=about_label(one.about, language),
        claimant=claimant,
        theirs=said(one, language),
        basis=words(f"claims.{basis}", language),
        ours=counted(ours, _ours_name(one), language),
        gap=sentence("claims.gap", language, difference=gap) if difference else same,
    )


def _alt_item(one: Claim, language: Language) -> str:
    ours = beside(one)
    shown: Runs = (
        (Text(words("claims.label_none", language)),)
        if ours is None
        else (counted(ours, _ours_name(one), language),)
    )
    return plain(
        sentence(
            "claims.alt_item",
            language,
            claimant=clean(one.claimant.in_language(language)),
            day=dated(one, language),
            theirs=said(one, language),
            ours=shown,
        )
    )


def about_label(about: str, language: Language) -> str:
    """What claims are about as printed: "Detenidas"."""
    labels = term_labels().get(f"Said.{about}")
    return labels[language] if labels else clean(about)


def _data(about: str, ones: tuple[Claim, ...], language: Language) -> DataTable:
    labels = ["who", "day", "theirs", "ours", "restated", "difference"]
    whys = any(one.why for one in ones)
    labels += ["why"] if whys else []
    rows = []
    for one in ones:
        name = f"claim.{one.number}"
        cells = [
            text_cell(clean(one.claimant.in_language(language))),
            text_cell(dated(one, language)),
            TableCell(said(one, language)),
            number_cell(one.ours, f"{name}.ours", language),
            number_cell(one.restated, f"{name}.restated", language),
            number_cell(one.difference, f"{name}.difference", language),
        ]
        if whys:
            cells.append(text_cell(clean(one.why.in_language(language)) if one.why else ""))
        rows.append(row(*cells))
    return DataTable(
        key=f"{key_of(PREFIX + about)}-data",
        caption=sentence("claims.caption", language, about=about_label(about, language)),
        head=head(*(words(f"claims.{label}", language) for label in labels)),
        rows=tuple(rows),
        numbers=(False, False, True, True, True, True, *([False] if whys else [])),
    )
