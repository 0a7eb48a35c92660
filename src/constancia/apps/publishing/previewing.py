"""The report of a content as part of a page, with what is wrong in its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from constancia.apps.publishing.outputs import charts
from constancia.apps.publishing.outputs.html import drawn, fragment
from constancia.apps.publishing.reports import problems_of
from constancia.apps.publishing.wording import TextFault, sentence
from constancia.domain.catalogue import explain
from constancia.domain.errors import ConstanciaError
from constancia.domain.language import Language
from constancia.domain.publishing.content import Content, Erratum
from constancia.domain.publishing.texts import report, typed_numbers
from constancia.infra import spoken


@dataclass(frozen=True, slots=True)
class Preview:
    """`html`: the report without its cover, "" where it cannot be set; `why` then says why. `faults`: of its
    texts. `typed`: numbers that somebody typed, which nothing holds to the edition."""

    language: Language
    title: str
    subtitle: str
    dates: str
    html: SafeString
    faults: tuple[TextFault, ...]
    typed: tuple[TextFault, ...]
    why: str = ""


def preview(content: Content, language: Language, *, draft: bool, errata: Sequence[Erratum] = ()) -> Preview:
    """What readers of `language` would see."""
    faults = tuple(
        TextFault(one["file"], one["line"], sentence(one["problem"], one["params"]), one["language"])
        for one in problems_of(content, language)
    )
    typed = typed_in(content, language)
    try:
        document = report(content, language, draft=draft, errata=tuple(errata))
        html = fragment(
            document.blocks,
            document.notes,
            language,
            drawn(_Charts(content, language)),
            labels=document.labels,
            prefix="v-",
        )
    except ConstanciaError as error:
        title = content.title.in_language(language)
        why = "" if faults else explain(error, spoken.language())
        return Preview(language, title, "", "", SafeString(), faults, typed, why)
    # The writer escapes every text and lets no style or script through.
    return Preview(
        language, document.title, document.subtitle, document.dates, mark_safe(html), faults, typed
    )


def typed_in(content: Content, language: Language) -> tuple[TextFault, ...]:
    """Numbers that stand in the texts of a language as somebody typed them; `sentence` is the number."""
    return tuple(
        TextFault(one.file, one.line, one.text, language) for one in typed_numbers(content, language)
    )


class _Charts(Mapping[str, str]):
    """The charts of a content by name, each drawn when it is asked for."""

    def __init__(self, content: Content, language: Language) -> None:
        self._content = content
        self._language = language

    def __getitem__(self, name: str) -> str:
        return charts.svg(self._content, name, self._language)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
