"""The tables of the sample report: one with groups and sub-rows, one that is wide."""

from __future__ import annotations

from constancia.domain.publishing.blocks import (
    Block,
    Break,
    DataTable,
    Heading,
    Run,
    TableCell,
    TableRow,
    Text,
)
from tests.support.sample_words import Saying


def _row(w: Saying, label: Run, *values: int, kind: str = "plain") -> TableRow:
    cells = [TableCell((label,), head=True)]
    cells += [TableCell((w.n("cell", value),)) for value in values]
    return TableRow(tuple(cells), kind=kind)  # type: ignore[arg-type]


def blocks(w: Saying) -> tuple[Block, ...]:
    balance = DataTable(
        "balance",
        (w.t("Balance al 02/03/2026", "Balance on 02/03/2026"),),
        (TableCell(()), TableCell((w.t("Personas", "People"),)), TableCell((w.t("Variación", "Change"),))),
        (
            _row(w, w.t("Detenidas en la edición 1", "Held in edition 1"), 573, 0),
            TableRow((TableCell((w.t("Entraron", "Came in"),), head=True, span=3),), kind="group"),
            _row(w, w.t("Detenidas desde entonces", "Arrested since"), 4, 4),
            _row(w, w.t("Conocidas tarde", "Learned late"), 6, 6),
            TableRow((TableCell((w.t("Salieron", "Went out"),), head=True, span=3),), kind="group"),
            _row(w, w.t("Excarceladas", "Released"), 41, -41),
            _row(w, w.t("bajo medidas", "under measures"), 30, -30, kind="sub"),
            _row(w, w.t("con libertad plena", "with full liberty"), 11, -11, kind="sub"),
            _row(w, w.t("Fallecidas", "Died"), 1, -1),
            _row(w, w.t("Detenidas al cierre", "Held at the close"), 541, -32, kind="total"),
        ),
        (False, True, True),
        (
            (
                w.t("Incluye ", "Includes "),
                w.n("older_cases", 6),
                w.t(" casos anteriores verificados ahora.", " older cases verified now."),
            ),
        ),
    )
    names = ("Distrito Capital", "Miranda", "Zulia", "La Guaira", "Lara", "Carabobo", "Bolívar", "Táchira")
    heads = (
        "Mujeres/Women",
        "Hombres/Men",
        "Civiles/Civilians",
        "Militares/Military",
        "Con condena/Convicted",
    )
    states = DataTable(
        "by_state",
        (w.t("Personas detenidas por estado, sexo y condición", "People held by state, sex and standing"),),
        (
            TableCell((w.t("Estado", "State"),)),
            TableCell((w.t("Total", "Total"),)),
            *(TableCell((Text(w(*head.split("/"))),)) for head in heads),
        ),
        (
            *(
                _row(w, Text(name), 90 - 7 * i, 20 - i, 70 - 6 * i, 60 - 4 * i, 30 - 3 * i, 12 + i)
                for i, name in enumerate(names)
            ),
            _row(w, w.t("Total", "Total"), 541, 104, 437, 370, 171, 140, kind="total"),
        ),
        (False, *(True,) * 6),
    )
    return (
        Heading(1, (w.t("Cuadros", "Tables"),), w("cuadros", "tables")),
        balance,
        Heading(2, (w.t("Por estado", "By state"),), w("por-estado", "by-state")),
        states,
        Heading(3, (w.t("Una advertencia", "A caution"),), w("advertencia", "caution")),
        w.p(
            w.t("Ninguna casilla muestra de 1 a 4 personas.", "No cell shows 1 to 4 people."),
            Break(),
            w.t("Cuando haría falta, se juntan dos.", "Where it would, two are merged."),
        ),
    )
