"""Other people's figures beside ours, and the bridge between two population rules."""

from __future__ import annotations

from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.announced_table import quantity
from constancia.domain.publishing.blocks import Break, DataTable, Number, Run, TableCell, TableRow, Text
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Bridge, Claim, Content
from constancia.domain.publishing.dates_in_words import first_day, period
from constancia.domain.publishing.sources import Noting, citing
from constancia.domain.publishing.tables import cell, known_note
from constancia.domain.publishing.wording import runs, said

_COLUMNS = ("who", "theirs", "ours", "restated", "difference")


def claims_table(
    content: Content, language: Language, note: Noting, about: tuple[str, ...] = ()
) -> DataTable | None:
    """One row for each claim, those about the given things only ("held", …) where any is given.

    A claim that cannot be compared says why in a row under it. None where nothing is to be shown.
    """
    claims = [one for one in content.claims if not about or one.about in about]
    if not claims:
        return None
    rows = []
    for one in claims:
        rows.append(_row(one, content, language, note))
        if one.not_comparable:
            why = plain(one.why.in_language(language)) if one.why else ""
            text = said("claims.not_comparable", language, why=why) if why else said("claims.apart", language)
            rows.append(TableRow((TableCell((Text(text),), span=len(_COLUMNS)),), kind="sub"))
    return DataTable(
        key="-".join(("claims", *about)).replace("_", "-"),
        caption=(Text(said("claims.caption", language)),),
        head=tuple(cell(said(f"claims.{column}", language), head=True) for column in _COLUMNS),
        rows=tuple(rows),
        numbers=(False, True, True, True, True),
        notes=(
            (Text(said("claims.reading", language, rule=rule_label(content, content.rule, language))),),
            (Text(said("claims.known", language, instant=_known(content, language))),),
        ),
    )


def rule_label(content: Content, name: str, language: Language) -> str:
    """What a population rule of the content is called; its bare name where it is not in the content."""
    labels = {rule.name: plain(rule.label.in_language(language)) for rule in content.rules}
    return labels.get(name, name)


def bridge_table(bridge: Bridge, content: Content, language: Language) -> DataTable:
    """From the count under one rule to that under the other, one difference at a time."""
    name = f"bridge.{bridge.first_rule}.{bridge.second_rule}"
    first = rule_label(content, bridge.first_rule, language)
    second = rule_label(content, bridge.second_rule, language)
    rows = [_end(said("claims.under", language, rule=first), bridge.first, f"{name}.first", language)]
    for place, step in enumerate(bridge.steps, start=1):
        change = Number(printing.signed(step.change, language), f"{name}.step.{place}")
        label = printing.capital(plain(step.label.in_language(language)))
        rows.append(TableRow((cell(label, head=True), TableCell((change,)))))
    rows.append(_end(said("claims.under", language, rule=second), bridge.second, f"{name}.second", language))
    caption = said(
        "claims.bridge", language, first=first, second=second, dates=period(content.as_of, language)
    )
    return DataTable(
        key=f"bridge-{bridge.first_rule}-{bridge.second_rule}".replace("_", "-"),
        caption=(Text(caption),),
        head=(
            cell(said("claims.step", language), head=True),
            cell(said("claims.people", language), head=True),
        ),
        rows=tuple(rows),
        numbers=(False, True),
        notes=(
            known_note(content.as_of, content.known_at, content, language),
            (Text(said("claims.bridge_reading", language)),),
        ),
    )


def _end(label: str, value: int, name: str, language: Language) -> TableRow:
    number = Number(printing.number(value, language), name)
    return TableRow((cell(label, head=True), TableCell((number,))), kind="total")


def _row(one: Claim, content: Content, language: Language, note: Noting) -> TableRow:
    name = f"claim.{one.number}"
    who = plain(one.claimant.in_language(language))
    says = plain(one.says.in_language(language))
    mark = citing(content, one.source, language, note)
    first = TableCell((Text(f"{who}: {says}"), *mark, *_when(one, name, language)), head=True)
    rest = [_optional(getattr(one, part), f"{name}.{part}", language) for part in _COLUMNS[2:]]
    return TableRow((first, TableCell(quantity(one.value, one.qualifier, f"{name}.value", language)), *rest))


def _when(one: Claim, name: str, language: Language) -> tuple[Run, ...]:
    if one.as_of is None:
        return ()
    end = Number(printing.day(one.as_of, language), f"{name}.as_of")
    if one.start is None:
        return (Break(), *runs("claims.on", language, day=end))
    if one.start == one.as_of:
        return (Break(), *runs("claims.day", language, day=end))
    start = Number(first_day(one.start, one.as_of, language), f"{name}.start")
    return (Break(), *runs("claims.between", language, start=start, end=end))


def _known(content: Content, language: Language) -> str:
    return printing.instant(content.known_at.astimezone(printing.zone_of(content.zone)), language)


def _optional(value: int | None, name: str, language: Language) -> TableCell:
    return cell("—") if value is None else TableCell((Number(printing.number(value, language), name),))
