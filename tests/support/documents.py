"""An invented report as a Document, with every block that there is, of the length of a real one."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from constancia.domain.language import Language
from constancia.domain.publishing.blocks import (
    Aside,
    Block,
    Break,
    Bullets,
    DataTable,
    Document,
    Emphasis,
    Heading,
    KeyNumber,
    KeyNumbers,
    Link,
    NoteMark,
    Number,
    Paragraph,
    Picture,
    Quote,
    Run,
    Strong,
    TableCell,
    TableRow,
    Text,
)
from tests.support.document_words import PLACES, PROSE, STATES, said

ADDRESS = "https://observatorio.example/documentos/2026/nota-de-prensa-sobre-el-anuncio-de-enero?id=417"
Kind = Literal["plain", "total", "sub", "group"]


def t(text: str) -> Text:
    return Text(text)


def n(text: str, name: str = "x") -> Number:
    return Number(text, name)


def p(*runs: Run, lead: bool = False) -> Paragraph:
    return Paragraph(runs, lead=lead)


def cell(*runs: Run) -> TableCell:
    return TableCell(runs)


def row(label: str, *values: str, kind: Kind = "plain") -> TableRow:
    return TableRow((TableCell((t(label),), head=True), *(cell(n(one)) for one in values)), kind)


def thousands(value: int, language: Language) -> str:
    return f"{value:,}".replace(",", "." if language == "es" else ",")


class Report:
    """The parts of the report in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def said(self, key: str) -> Text:
        return t(said(key, self.language))

    def parts(self, key: str) -> list[str]:
        return said(key, self.language).split("|")

    def prose(self, *keys: str) -> list[Block]:
        return [p(t(text)) for key in keys for text in PROSE[key][self.language]]

    def heading(self, level: Literal[1, 2, 3], anchor: str, *more: Run) -> Heading:
        return Heading(level, (self.said(f"h_{anchor}"), *more), anchor)

    def head(self, key: str) -> tuple[TableCell, ...]:
        return tuple(TableCell((t(name),), head=True) for name in self.parts(key))

    def states_table(self) -> DataTable:
        """Some forty rows by state and place, seven columns: it goes over a page."""
        rows: list[TableRow] = []
        total = [0] * 6
        for index, (state, places) in enumerate(STATES):
            values = [(index * 13 + k * 7) % 41 + 2 for k in range(6)]
            total = [a + b for a, b in zip(total, values, strict=True)]
            rows.append(row(state, *map(str, values)))
            rows += [row(place, *[str(value // 2) for value in values], kind="sub") for place in places]
        rows.append(row("Total", *[thousands(value * 3, self.language) for value in total], kind="total"))
        return DataTable(
            "states",
            (self.said("states_caption"),),
            self.head("states_head"),
            tuple(rows),
            (False, *[True] * 6),
            ((self.said("merged"),),),
        )

    def places_table(self) -> DataTable:
        rows = tuple(row(place, str(70 - index * 2)) for index, place in enumerate(PLACES))
        caption = (self.said("places_caption"), NoteMark(3))
        return DataTable("places", caption, self.head("places_head"), rows, (False, True))

    def balance_table(self) -> DataTable:
        """Groups, sub-rows and a total."""
        kinds: tuple[Kind, ...] = (
            "total", "group", "plain", "plain", "group", "plain", "sub", "sub", "plain", "total",
        )  # fmt: skip
        values = ("612", "", "9", "4", "", "51", "47", "4", "1", "573")
        rows = tuple(
            row(term, *([value] if value else []), kind=kind)
            for term, kind, value in zip(self.parts("balance_terms"), kinds, values, strict=True)
        )
        return DataTable(
            "balance",
            (self.said("balance_caption"),),
            self.head("balance_head"),
            rows,
            (False, True),
            ((self.said("one_cause"),),),
        )

    def claims_table(self) -> DataTable:
        """Nine columns, some of them words: the widest of the report."""
        rows = tuple(
            TableRow(
                (
                    TableCell((t(f"Comité Ejemplar {chr(65 + i)}"),), head=True),
                    cell(self.said("claims_about")),
                    cell(t(f"{i + 1:02}/02/2026")),
                    *(cell(n(str(value))) for value in (759 - i, 573, 761, 570, 580)),
                    cell(n(f"−{i + 2}")),
                )
            )
            for i in range(12)
        )
        numbers = (False, False, False, *[True] * 6)
        return DataTable("claims", (self.said("claims_caption"),), self.head("claims_head"), rows, numbers)

    def days_table(self) -> DataTable:
        rows = tuple(
            row(f"{i % 28 + 1:02}/{i // 28 + 1:02}/2026", str(i * 3 % 50), str(i % 9)) for i in range(54)
        )
        return DataTable(
            "days", (self.said("days_caption"),), self.head("days_head"), rows, (False, True, True)
        )

    def picture(self, chart: str, data: DataTable | None = None) -> Picture:
        title = self.said(f"chart_{chart}")
        alt = f"{said('chart_alt', self.language)}: {title.text}"
        return Picture(f"p-{chart}", chart, (title,), alt, data, ((self.said("provisional"),),))

    def key_number(self, value: str, label: str) -> KeyNumber:
        return KeyNumber(n(value), said(label, self.language), said("key_note", self.language))

    def bullets(self) -> Bullets:
        first, second, *inner = self.parts("bullets")
        below = Bullets(tuple((p(t(one)),) for one in inner))
        return Bullets(((p(t(first)),), (p(t(second), NoteMark(1)), below)))

    def erratum(self) -> Aside:
        title, before, between = self.parts("erratum")
        return Aside(title, (p(t(before), n("568"), t(between), n("571"), t(".")),), "erratum")

    def held(self) -> Paragraph:
        before, people, after, released, method = self.parts("held")
        releases = Strong((n(thousands(1436, self.language), "released"), t(" "), t(released)))
        link = Link("https://observatorio.example/metodo", (t(method),))
        return p(
            t(before), n("573", "held"), t(people), NoteMark(1), t(after), releases, t("; "), link, t(".")
        )

    def blocks(self) -> tuple[Block, ...]:
        return (
            self.heading(1, "who"),
            p(self.said("lead"), lead=True),
            *self.prose("who"),
            self.heading(1, "context"),
            self.held(),
            *self.prose("context", "more_context"),
            Quote((p(self.said("quote")),)),
            self.heading(2, "january", NoteMark(2)),
            *self.prose("january", "more_context"),
            self.heading(1, "figures"),
            KeyNumbers(
                (
                    self.key_number("573", "key_held"),
                    self.key_number("104", "key_women"),
                    self.key_number("51", "key_week"),
                    self.key_number("13", "key_adolescents"),
                )
            ),
            *self.prose("figures"),
            self.balance_table(),
            Aside(said("box", self.language), tuple(self.prose("aside"))),
            self.picture("daily", self.days_table()),
            *self.prose("figures", "more_context"),
            self.picture("levels"),
            self.heading(2, "states"),
            *self.prose("states"),
            self.picture("tiles"),
            self.states_table(),
            self.picture("states"),
            self.places_table(),
            self.heading(1, "announced"),
            *self.prose("january"),
            self.picture("claims"),
            self.bullets(),
            self.heading(1, "others"),
            *self.prose("states"),
            self.claims_table(),
            self.picture("bridge"),
            self.heading(1, "methods"),
            *self.prose("methods", "more_context"),
            self.heading(3, "release"),
            *self.prose("aside"),
            self.heading(1, "errata"),
            self.erratum(),
            self.heading(1, "ask"),
            Bullets(tuple((block,) for block in self.prose("ask")), ordered=True),
        )

    def notes(self) -> tuple[tuple[Run, ...], ...]:
        press, document = self.parts("note_1")
        first = (Emphasis((t(press),)), t(", 8/01/2026. "), Link(ADDRESS, (t(document),)))
        return (first, (self.said("note_2"),), (self.said("note_3"),))

    def imprint(self) -> tuple[tuple[Run, ...], ...]:
        return (
            (Strong((t("Observatorio Ejemplar"),)), Break(), t("Calle Ejemplar 1, Ciudad Ejemplar")),
            (self.said("cite"),),
            (Link("mailto:informes@observatorio.example", (t("informes@observatorio.example"),)),),
            (t("CC BY 4.0 · Constancia"),),
        )


def report(language: Language = "es", *, draft: bool = False) -> Document:
    """The whole report in one language."""
    parts = Report(language)
    return Document(
        language=language,
        title=said("title", language),
        subtitle=said("subtitle", language),
        organisation="Observatorio Ejemplar",
        number="7",
        dates=said("dates", language),
        blocks=parts.blocks(),
        notes=parts.notes(),
        draft=draft,
        cover=(
            parts.key_number("573", "key_held"),
            parts.key_number("51", "key_since"),
            parts.key_number("268 / 406", "key_verified"),
        ),
        imprint=parts.imprint(),
    )


def small(*blocks: Block, language: Language = "es", title: str = "Informe", **more: object) -> Document:
    """A document of these blocks under one heading, for tests of one thing."""
    given = (Heading(1, (t("Sección"),), "s"), *blocks)
    base = Document(language, title, "", "Observatorio Ejemplar", "7", "al 02/03/2026", given)
    return replace(base, **more)  # type: ignore[arg-type]
