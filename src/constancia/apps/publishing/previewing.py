"""The report of a content as part of a page, with what is wrong in its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from constancia.apps.publishing.outputs import charts
from constancia.apps.publishing.outputs.html import drawn, fragment
from constancia.apps.publishing.outputs.html.pictures import PictureMarkup
from constancia.apps.publishing.reports import problems_of
from constancia.apps.publishing.wording import TextFault, sentence
from constancia.domain.catalogue import explain
from constancia.domain.errors import ConstanciaError
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import KeyNumbers, Picture
from constancia.domain.publishing.charts import chart_names, described
from constancia.domain.publishing.content import Content, Erratum
from constancia.domain.publishing.report import report
from constancia.domain.publishing.texts import typed_numbers
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


def preview(
    content: Content,
    language: Language,
    *,
    draft: bool,
    errata: Sequence[Erratum] = (),
    cover: bool = True,
    pictures: PictureMarkup | None = None,
) -> Preview:
    """What readers of `language` would see. `cover`: with the numbers of the cover before it. `pictures`: how
    charts get into the page; without it they are drawn in it."""
    faults = tuple(
        TextFault(one["file"], one["line"], sentence(one["problem"], one["params"]), one["language"])
        for one in problems_of(content, language)
    )
    typed = typed_in(content, language)
    try:
        document = report(content, language, draft=draft, errata=errata, describe=described)
        first = (KeyNumbers(document.cover),) if cover and document.cover else ()
        html = fragment(
            (*first, *document.blocks),
            document.notes,
            language,
            pictures or drawn(_Charts(content, language)),
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


def drawings(content: Content, language: Language, markup: PictureMarkup) -> SafeString:
    """Every chart of a content with its sentence and its numbers. `markup`: how they get into the page."""
    told = [described(content, name, language) for name in chart_names(content)]
    pictures = tuple(
        Picture(f"g{place}", one.name, one.title, one.alt, one.data, one.notes)
        for place, one in enumerate(told, start=1)
    )
    # The writer escapes every text and lets no style or script through.
    return mark_safe(fragment(pictures, (), language, markup, prefix="g-"))


def typed_in(content: Content, language: Language) -> tuple[TextFault, ...]:
    """Numbers in the texts of a language that seem to be figures and that somebody typed; `sentence` is the
    number with some words around it. None where a text cannot be read: its faults say so."""
    try:
        found = typed_numbers(content, language)
    except ConstanciaError:
        return ()
    return tuple(
        TextFault(one.file, one.line, one.around, language) for one in found if one.guess == "figure"
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
