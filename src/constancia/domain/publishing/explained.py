"""What a report says of itself: its definitions, its errata, its list of names, its summary."""

from __future__ import annotations

from collections.abc import Sequence

from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.blocks import Aside, Block, Number, Paragraph, Run, Strong, Text
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Content, Defined, Erratum, Figure, Words
from constancia.domain.publishing.dates_in_words import of_figure
from constancia.domain.publishing.figures_in_words import headline, since_previous
from constancia.domain.publishing.wording import runs, said, said_or


def definitions(content: Content, language: Language) -> tuple[Block, ...]:
    """A paragraph for each definition and rule that the edition froze, and one for its protection.

    How definitions count is said once where all of them count alike.
    """
    counting = {_counting(one, language) for one in content.definitions}
    alike = len(content.definitions) > 1 and len(counting) == 1
    found = []
    for one in content.definitions:
        own = "" if alike else f" {_counting(one, language)}"
        meaning = sentence(plain(one.meaning.in_language(language)))
        found.append(_paragraph("definition", one.label, one.version, meaning + own, language))
    if alike:
        found.append(Paragraph((Text(said("explained.alike", language, counting=counting.pop())),)))
    for rule in content.rules:
        meaning = sentence(plain(rule.meaning.in_language(language)))
        found.append(_paragraph("rule", rule.label, rule.version, meaning, language))
    policy = content.protection
    meaning = sentence(plain(policy.meaning.in_language(language)))
    found.append(_paragraph("protection", None, policy.version, meaning, language))
    return tuple(found)


def errata(content: Content, language: Language) -> tuple[Block, ...]:
    """The corrections of earlier editions that this one carries."""
    if not content.errata:
        return (Paragraph((Text(said("explained.no_errata", language)),)),)
    return tuple(erratum(one, language) for one in content.errata)


def erratum(one: Erratum, language: Language) -> Aside:
    """A correction as a box: its number, the edition it corrects, its day, its words."""
    title = said(
        "explained.erratum",
        language,
        number=str(one.number),
        edition=str(one.edition),
        day=printing.day(one.issued_on, language),
    )
    return Aside(title, (Paragraph((Text(plain(one.words.in_language(language))),)),), tone="erratum")


def errata_first(found: Sequence[Erratum], language: Language) -> tuple[Block, ...]:
    """Corrections of this edition that were issued after it, in the order of their numbers."""
    return tuple(erratum(one, language) for one in sorted(found, key=lambda one: one.number))


def named(content: Content, language: Language) -> tuple[Block, ...]:
    """How many people consented to stand by name and how many are reserved; never a name."""
    one = content.named
    if one is None:
        return (Paragraph((Text(said("explained.no_list", language)),)),)
    values = {
        part: Number(printing.number(getattr(one, part), language), f"named.{part}")
        for part in ("people", "named", "reserved")
    }
    figure = content.figure(one.of)
    label = (
        plain(figure.label.in_language(language)) if figure else said("tables.unit_persons", language).lower()
    )
    return (Paragraph(runs("explained.list", language, label=label, **values)),)


def summary(content: Content, language: Language) -> tuple[Block, ...]:
    """The state of things in a paragraph that is computed: held, change, came and went since the last."""
    head = headline(content)
    number = Number(printing.number(head.value, language), head.name)
    label = plain(head.label.in_language(language))
    dates = printing.capital(of_figure(head, content, language))
    found: list[Run] = list(
        runs(
            "explained.held" if head.value != 1 else "explained.held_one",
            language,
            dates=dates,
            number=number,
            label=label,
        )
    )
    if balance := content.balance:
        found.append(Text(" "))
        found += _change(balance.closing - balance.opening, content, language)
        values = {
            "came": Number(printing.number(sum(term.value for term in balance.came), language), "balance.in"),
            "went": Number(
                printing.number(sum(term.value for term in balance.went), language), "balance.out"
            ),
        }
        found += [Text(" "), *runs("explained.moved", language, **values)]
    if released := since_previous(content, "released"):
        found += [Text(" "), *_released(released, content, language)]
    if head.lowest < head.highest:
        values = {
            "lowest": Number(printing.number(head.lowest, language), f"{head.name}.lowest"),
            "highest": Number(printing.number(head.highest, language), f"{head.name}.highest"),
        }
        found += [Text(" "), *runs("explained.between", language, **values)]
    return (Paragraph(tuple(found)),)


def sentence(text: str) -> str:
    """The text with a full stop at its end if it has none."""
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


def _change(change: int, content: Content, language: Language) -> tuple[Run, ...]:
    before = content.balance.opening_as_of if content.balance else content.as_of
    key = "explained.fewer" if change < 0 else "explained.more" if change else "explained.same"
    number = Number(printing.number(abs(change), language), "balance.difference")
    return runs(key, language, number=number, day=printing.day(before, language))


def _released(figure: Figure, content: Content, language: Language) -> tuple[Run, ...]:
    number = Number(printing.number(figure.value, language), figure.name)
    dates = of_figure(figure, content, language)
    return runs("explained.released", language, number=number, dates=dates)


def _paragraph(kind: str, label: Words | None, version: int, text: str, language: Language) -> Paragraph:
    """The label with its version, set off, and what it means."""
    shown = plain(label.in_language(language)) if label else ""
    title = said(f"explained.{kind}", language, label=shown, version=str(version))
    return Paragraph((Strong((Text(title),)), Text(f" {text}")))


def _counting(one: Defined, language: Language) -> str:
    """What a definition counts, and how sure it has to be of it."""
    unit = said(f"explained.unit_{one.unit}", language)
    entry, out = (
        said_or(f"explained.grade_{grade}", plain(grade), language)
        for grade in (one.entry_grade, one.exit_grade)
    )
    return f"{unit} {said('explained.grades', language, entry=entry, exit=out)}"
