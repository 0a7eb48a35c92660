"""What a check found, in words: which table, which categories, why; never how many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.publishing.content import ALL, Content, Table
from constancia.infra.spoken import language

Json = dict[str, Any]
Key = tuple[str, ...]

REASONS = {
    "small": later("la tabla mostraría un grupo demasiado pequeño"),
    "solved": later("no se muestra, pero se deduce de las demás cifras"),
    "narrow": later("no se muestra, pero las demás cifras dejan ver que es un grupo demasiado pequeño"),
    "merged_small": later("aun juntas, siguen siendo un grupo demasiado pequeño"),
}
"""Why a cell may not be shown so, by the code of the attacker."""

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
    """Cells of one table that may not be shown so, for one reason. `edition`: the one beside which."""

    table: str
    title: str
    cells: tuple[str, ...]
    why: str
    edition: str = ""


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
    opening: Json | None
    title: bool
    mending: tuple[Merging, ...] | None

    @property
    def count(self) -> int:
        """How many things are to be settled."""
        return len(self.exposed) + len(self.texts) + bool(self.opening) + self.title


def found(
    content: Content, findings: Sequence[Json], merges: Sequence[Json], withheld: Iterable[str]
) -> Found:
    """The findings of a check of `content` in words; `merges` and `withheld`: as decided."""
    mend = next((one for one in findings if one["code"] == "mend"), None)
    return Found(
        exposed=(*_cells(content, findings), *_differences(content, findings)),
        texts=tuple(_text(one) for one in findings if one["code"] == "text"),
        opening=next((one for one in findings if one["code"] == "opening"), None),
        title=any(one["code"] == "title" for one in findings),
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


def title_of(content: Content, name: str) -> str:
    """What a table is called in print; its name where the edition has no such table."""
    table = content.table(name)
    return table.title.in_language(language()) if table else name


def cells_in_words(table: Table, cells: Iterable[Key]) -> tuple[str, ...]:
    """What cells are called, in the order of print."""
    places = [{one.key: place for place, one in enumerate(some)} for some in table.categories]
    ordered = sorted(
        cells, key=lambda cell: [places[k].get(part, len(places[k])) for k, part in enumerate(cell)]
    )
    return tuple(cell_in_words(table, cell) for cell in ordered)


def cell_in_words(table: Table, cell: Key) -> str:
    """«Lara», «Lara · Mujeres»; a margin is «Lara, en total»."""
    labels = [
        {one.key: one.label.in_language(language()) for one in some}.get(part, part)
        for part, some in zip(cell, table.categories, strict=True)
        if part != ALL
    ]
    if not labels:
        return _("El total")
    return (
        " · ".join(labels)
        if len(labels) == len(cell)
        else _("%(category)s, en total") % {"category": labels[0]}
    )


def sentence(code: str, params: Json) -> str:
    """The words of a fault of a text, by its code."""
    return explain(InputRefused(code, **params), language())


def _keys(cells: Iterable[Sequence[str]]) -> tuple[Key, ...]:
    return tuple(sorted(tuple(cell) for cell in cells))


def _cells(content: Content, findings: Sequence[Json]) -> list[Exposed]:
    by: dict[tuple[str, str], list[Key]] = {}
    for one in findings:
        if one["code"] == "cell" and one["reason"] != "merged_small":
            by.setdefault((one["table"], one["reason"]), []).append(tuple(one["cell"]))
    found = [_exposed(content, table, cells, str(REASONS[why])) for (table, why), cells in by.items()]
    found += [
        _exposed(content, one["table"], _keys(one["group"]), str(REASONS["merged_small"]))
        for one in findings
        if one["code"] == "cell" and one["reason"] == "merged_small"
    ]
    return found


def _differences(content: Content, findings: Sequence[Json]) -> list[Exposed]:
    why = _("restando lo que se mostró antes se vería un cambio de muy pocas personas")
    return [
        _exposed(content, one["table"], _keys(one["cells"]), why, str(one["edition"]))
        for one in findings
        if one["code"] == "difference"
    ]


def _exposed(content: Content, name: str, cells: Iterable[Key], why: str, edition: str = "") -> Exposed:
    table = content.table(name)
    labels = cells_in_words(table, cells) if table else ()
    return Exposed(name, title_of(content, name), labels, why, edition)


def _text(one: Json) -> TextFault:
    return TextFault(one["file"], one["line"], sentence(one["problem"], one["params"]), one["language"])


def _proposed(
    content: Content, mend: Json, merges: Sequence[Json], withheld: Iterable[str]
) -> tuple[Merging, ...] | None:
    """Only what the proposal changes: what it leaves as decided needs no words."""
    made = merging(content, mend["merges"], mend["withheld"], merges, withheld)
    return tuple(one for one in made if not one.decided) or None
