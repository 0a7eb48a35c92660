"""What a report says of itself: its definitions, its errata, its list of names, its summary."""

from __future__ import annotations

from collections.abc import Sequence

from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.blocks import Aside, Block, Number, Paragraph, Run, Strong, Text
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Content, Defined, Erratum, Figure, Ruled, Words
from constancia.domain.publishing.dates_in_words import of_figure
from constancia.domain.publishing.figures_in_words import headline, since_previous
from constancia.domain.publishing.wording import runs, said, said_or


def definitions(content: Content, language: Language) -> tuple[Block, ...]:
    """A paragraph for each definition and rule that the edition froze, and one for its protection."""
    found = [_paragraph(one.label, _defined(one, language), language) for one in content.definitions]
    found += [_paragraph(one.label, _ruled(one, language), language, "rule") for one in content.rules]
    policy = content.protection
    meaning = (Text(sentence(plain(policy.meaning.in_language(language)))),)
    version = runs("explained.version", language, version=str(policy.version))
    title = (Text(said("explained.protection", language)),)
    return (*found, Paragraph((Strong(title), Text(" "), *meaning, Text(" "), *version)))


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


def _paragraph(
    label: Words, rest: tuple[Run, ...], language: Language, kind: str = "definition"
) -> Paragraph:
    title = said(f"explained.{kind}", language, label=plain(label.in_language(language)))
    return Paragraph((Strong((Text(title),)), Text(" "), *rest))


def _defined(one: Defined, language: Language) -> tuple[Run, ...]:
    parts = [
        sentence(plain(one.meaning.in_language(language))),
        said(f"explained.unit_{one.unit}", language),
        said(
            "explained.grades",
            language,
            entry=said_or(f"explained.grade_{one.entry_grade}", plain(one.entry_grade), language),
            exit=said_or(f"explained.grade_{one.exit_grade}", plain(one.exit_grade), language),
        ),
        said("explained.version", language, version=str(one.version)),
    ]
    return (Text(" ".join(part for part in parts if part)),)


def _ruled(one: Ruled, language: Language) -> tuple[Run, ...]:
    meaning = sentence(plain(one.meaning.in_language(language)))
    return (Text(f"{meaning} {said('explained.version', language, version=str(one.version))}"),)
