"""What a check found, in words: which table, which categories, why; never how many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from constancia.apps.publishing.telling import cell_words, reason_of, says, title
from constancia.domain.catalogue import explain
from constancia.domain.disclosure.attack import MERGED_SMALL
from constancia.domain.errors import InputRefused
from constancia.domain.publishing.content import Content, Table
from constancia.infra.spoken import language

Json = dict[str, Any]
Key = tuple[str, ...]

MANY = 12
"""Cells that are still named one by one on the page."""

STANDING = {
    "draft": later("sin comprobar"),
    "refused": later("no pasó la comprobación"),
    "checked": later("comprobado, espera aprobación"),
    "approved": later("aprobado"),
    "discarded": later("descartado"),
}

STEPS = {
    "content": later("El contenido guardado es, byte por byte, el que se aprobó."),
    "signature": later("El manifiesto lleva la firma de esta casa y habla de este contenido."),
    "files": later("Cada archivo es, byte por byte, el que se firmó."),
    "chain": later("La edición anterior es la que esta nombra."),
    "recount": later(
        "Cada cifra, contada otra vez en el registro con lo sabido entonces y con las mismas definiciones, "
        "sale igual."
    ),
}
"""What each step of a verification says where it holds."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """What may not be shown so of one table: sentences, each with a short one if of many cells."""

    table: str
    title: str
    sentences: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Together:
    """One merge of a table: what is shown as one. `decided`: it stands already. `cells`: as given."""

    labels: tuple[str, ...]
    decided: bool
    cells: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Merging:
    """What is decided or proposed for one table; `withheld`: it is left out of the edition."""

    table: str
    title: str
    merges: tuple[Together, ...]
    withheld: bool
    decided: bool

    @property
    def new(self) -> tuple[Together, ...]:
        """The merges that are not decided yet."""
        return tuple(one for one in self.merges if not one.decided)


@dataclass(frozen=True, slots=True)
class TextFault:
    """A fault in a text of the report, at a line from 1."""

    file: str
    line: int
    sentence: str
    language: str


@dataclass(frozen=True, slots=True)
class Found:
    """The findings of a check. `mending`: what the proposal comes to, None where there is none to be made."""

    exposed: tuple[Exposed, ...]
    texts: tuple[TextFault, ...]
    opening: str
    untitled: bool
    mending: tuple[Merging, ...] | None


def found(
    content: Content, findings: Sequence[Json], merges: Sequence[Json], withheld: Iterable[str]
) -> Found:
    """The findings of a check of `content` in words; `merges` and `withheld`: as decided."""
    mend = next((one for one in findings if one["code"] == "mend"), None)
    return Found(
        exposed=tuple(_exposed(content, findings)),
        texts=tuple(_text(one) for one in findings if one["code"] == "text"),
        opening=next((_opening(one) for one in findings if one["code"] == "opening"), ""),
        untitled=any(one["code"] == "title" for one in findings),
        mending=_proposed(content, mend, merges, withheld) if mend else None,
    )


def merging(
    content: Content,
    merges: Sequence[Json],
    withheld: Iterable[str],
    decided: Sequence[Json],
    out: Iterable[str],
) -> tuple[Merging, ...]:
    """Merges by table, in the order of the edition; `decided` and `out`: those that stand already."""
    standing = {(one["table"], _keys(one["cells"])) for one in decided}
    left, was = set(withheld), set(out)
    made = []
    for table in content.tables:
        those = tuple(
            Together(cells_in_words(table, keys), (table.name, keys) in standing, keys)
            for one in merges
            if one["table"] == table.name and (keys := _keys(one["cells"]))
        )
        if those or table.name in left:
            made.append(
                Merging(
                    table=table.name,
                    title=table.title.in_language(language()),
                    merges=() if table.name in left else those,
                    withheld=table.name in left,
                    decided=table.name in was if table.name in left else all(one.decided for one in those),
                )
            )
    return tuple(made)


def cells_in_words(table: Table, cells: Iterable[Key]) -> tuple[str, ...]:
    """What cells are called, in the order of print."""
    places = [{one.key: place for place, one in enumerate(some)} for some in table.categories]
    ordered = sorted(
        cells, key=lambda cell: [places[k].get(part, len(places[k])) for k, part in enumerate(cell)]
    )
    return tuple(cell_words(table, cell, language()) for cell in ordered)


def sentence(code: str, params: Json) -> str:
    """The words of a fault of a text, by its code."""
    return explain(InputRefused(code, **params), language())


def _keys(cells: Iterable[Iterable[str]]) -> tuple[Key, ...]:
    return tuple(sorted(tuple(cell) for cell in cells))


def _exposed(content: Content, findings: Sequence[Json]) -> Iterator[Exposed]:
    """By table, one sentence for all cells of it that are shown for the same reason."""
    by: dict[str, dict[tuple[str, str], dict[str, int]]] = {}
    for one in findings:
        if one["code"] not in ("cell", "difference"):
            continue
        table = content.table(one["table"])
        reason, edition = reason_of(one), str(one.get("edition", ""))
        cells = _keys(one.get("group") or one.get("cells") or [one["cell"]])
        joint = " + " if reason == MERGED_SMALL else ", "
        words = joint.join(cells_in_words(table, cells)) if table else ""
        by.setdefault(one["table"], {}).setdefault((reason, edition), {})[words] = len(cells)
    spoken = language()
    for name, reasons in by.items():
        said = []
        for (reason, edition), groups in reasons.items():
            number = sum(groups.values())
            short = _("%(number)s celdas") % {"number": number} if number > MANY else ""
            whole = says(reason, spoken, cell="; ".join(groups), edition=edition)
            said.append((whole, says(reason, spoken, cell=short, edition=edition) if short else ""))
        yield Exposed(name, title(content, name, spoken), tuple(said))


def _opening(one: Json) -> str:
    return says("opening", language(), published=one["published"], counted=one["counted"])


def _text(one: Json) -> TextFault:
    return TextFault(one["file"], one["line"], sentence(one["problem"], one["params"]), one["language"])


def _proposed(
    content: Content, mend: Json, merges: Sequence[Json], withheld: Iterable[str]
) -> tuple[Merging, ...] | None:
    """Only what the proposal changes: what it leaves as decided needs no words."""
    made = merging(content, mend["merges"], mend["withheld"], merges, withheld)
    return tuple(one for one in made if not one.decided) or None
