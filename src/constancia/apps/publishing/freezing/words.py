"""Words of the content, in both languages at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from constancia.domain.figures import words
from constancia.domain.figures.dimensions import NOT_KNOWN, Dimension
from constancia.domain.figures.files import Words as FileWords
from constancia.domain.language import Language
from constancia.domain.publishing.content import Words
from constancia.domain.publishing.printing import listed
from constancia.domain.vocabulary.labels import label
from constancia.domain.vocabulary.states import state_code, state_label


def both(told: Callable[[Language], str]) -> Words:
    """What `told` says in each language."""
    return Words(es=told("es"), en=told("en"))


def given(found: FileWords) -> Words:
    """Words that a definition, a rule or a policy brings."""
    return Words(es=found.es, en=found.en)


def dimension(name: str) -> Words:
    """The heading of a breakdown."""
    return both(lambda language: words.of_dimension(name, language))


def category(of: Dimension, name: str) -> Words:
    """A category of a breakdown. "Not known" also holds those of whom no more is to be told."""
    if name == NOT_KNOWN:
        return both(lambda language: label_of("not_known_or_reserved", language))
    if of is Dimension.STATE:
        code = state_code(name)
        return both(lambda language: state_label(code or name, language))
    return both(lambda language: words.of_category(of, name, language))


def cause(side: Literal["in", "out"], name: str) -> Words:
    """A term of a balance."""
    return both(lambda language: words.of_cause(side, name, language))


def kind(name: str) -> Words:
    """A kind of a term. "Not known" also holds those of whom no more is to be told."""
    if name == NOT_KNOWN:
        return both(lambda language: label_of("not_known_or_reserved", language))
    return both(lambda language: words.of_kind(name, language))


def together(labels: Sequence[Words]) -> Words:
    """Several kinds that are shown as one: "Exilio y libertad plena, juntos"."""
    if len(labels) == 1:
        return labels[0]

    def told(language: Language) -> str:
        first, *rest = (one.in_language(language) for one in labels)
        names = listed([first, *(one[:1].lower() + one[1:] for one in rest)], language)
        return label_of("together", language).format(names=names)

    return both(told)


def term(key: str) -> Words:
    """A closed term: "Qualifier.at_least"."""
    return both(lambda language: label(key, language))


_OWN = {
    "not_known_or_reserved": {"es": "No consta o reservado", "en": "Not known or reserved"},
    "together": {"es": "{names}, juntos", "en": "{names}, together"},
    "contexts": {"es": "Hechos que una cuenta y otra no", "en": "Events that only one of them counts"},
    "stay_0": {"es": "Desde el primer día de detención", "en": "From the first day of detention"},
    "stay": {"es": "Solo desde {days} días de detención", "en": "Only from {days} days of detention on"},
    "recognition": {"es": "Reconocimiento que se pide", "en": "Recognition asked for"},
    "enters_custody": {"es": "Cuenta también: {custody}", "en": "Counts as well: {custody}"},
    "leaves_custody": {"es": "No cuenta: {custody}", "en": "Does not count: {custody}"},
}  # fmt: skip


def label_of(key: str, language: Language) -> str:
    """One of this module's own words."""
    return _OWN[key][language]


def crossing(difference: str, custody: str, days: int) -> Words:
    """One step between two population rules."""
    key = "stay_0" if difference == "stay" and not days else difference
    return both(
        lambda language: label_of(key, language).format(
            days=days, custody=words.of_category("custody", custody, language).lower() if custody else ""
        )
    )
