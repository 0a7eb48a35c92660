"""How well lists are linked, on benchmarks whose truth is known, through the code of `constancia link`.

`make eval-linkage` prints a table. The data stand in the shared folder (CONSTANCIA_SHARED), under linkage/.
The threshold is the program's own (more likely one person than two) and was not chosen on any of them; the
last column is what the best threshold, known only afterwards, would have given.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from constancia.apps.matching import files, linking
from constancia.domain.matching.linking.records import People
from constancia.domain.matching.linking.reporting import best
from constancia.domain.matching.linking.tokens import encodable, tokens
from constancia.infra.encodings.comparing import likeness, linked
from constancia.infra.encodings.scheme import Encoder, Field, grams

SECRET = "inventado, para medir y nada más 0123456789"
NUMBER = '\n[[field]]\nas = "document"\ncolumn = "soc_sec_id"\n'
NAME_AND_BIRTH = ("born", "given", "surnames")


@dataclass(frozen=True)
class Row:
    """One line of the table; None: does not apply."""

    name: str
    precision: float
    recall: float
    f1: float
    seconds: float
    completeness: float | None = None
    reduction: float | None = None
    best: float | None = None


def folder() -> Path:
    return (
        Path(os.environ.get("CONSTANCIA_SHARED") or Path(__file__).parents[2] / "shared") / "data" / "linkage"
    )


def splinked(name: str, paths: Sequence[Path], mapping: str) -> Row:
    began = time.perf_counter()
    lists = [files.of_file(files.Listed(path, mapping)) for path in paths]
    found = linking.run(lists)
    seconds = time.perf_counter() - began
    truth = linking.truth_of(found)
    assert truth is not None
    measured, possible = truth.clusters, found.blocking.pairs
    return Row(
        name,
        measured.precision,
        measured.recall,
        measured.f1,
        seconds,
        truth.completeness,
        1 - found.linked.compared / possible,
        truth.best.f1,
    )


def encoded(name: str, lists: Sequence[People], only: Sequence[str] = ()) -> Row:
    began = time.perf_counter()
    fields = {key: kind for key, kind in encodable(lists[0]).items() if not only or key in only}
    encoder = Encoder(SECRET, [Field(key, kind) for key, kind in fields.items()])
    sides = [encoder.encode([tokens(one, fields, grams) for one in people.records]) for people in lists]
    links = linked(likeness(sides[0], sides[1]))
    seconds = time.perf_counter() - began
    first, second = ([one.truth for one in people.records] for people in lists)
    total = len(set(first) & set(second))
    right = sum(first[a] == second[b] for a, b, _ in links)
    scored = [(dice, first[a] == second[b]) for a, b, dice in linked(likeness(sides[0], sides[1], 0.4))]
    found = Row(name, right / len(links), right / total, 2 * right / (len(links) + total), seconds)
    return replace(found, best=best(scored, total).f1)


def rows(data: Path) -> list[Row]:
    shipped = files.shipped()
    pair = [data / "febrl4a.csv", data / "febrl4b.csv"]
    lists = [files.of_file(files.Listed(path, shipped["febrl4"])) for path in pair]
    return [
        splinked("RLdata500", [data / "rldata500.csv"], shipped["rldata"]),
        splinked("RLdata10000", [data / "rldata10000.csv"], shipped["rldata"]),
        splinked("FEBRL4, without SSN", pair, shipped["febrl4"]),
        splinked("FEBRL4, with SSN", pair, shipped["febrl4"] + NUMBER),
        encoded("FEBRL4 encoded: name, birth, address", lists),
        encoded("FEBRL4 encoded: name and birth only", lists, NAME_AND_BIRTH),
    ]


def table(found: Sequence[Row]) -> str:
    head = f"{'':38}{'P':>8}{'R':>8}{'F1':>8}{'s':>7}{'complete':>10}{'reduced':>10}{'best F1':>9}"
    lines = [head]
    for row in found:
        line = f"{row.name:38}{row.precision:8.4f}{row.recall:8.4f}{row.f1:8.4f}{row.seconds:7.1f}"
        for value, width in ((row.completeness, 10), (row.reduction, 10), (row.best, 9)):
            line += f"{value:{width}.4f}" if value is not None else f"{'–':>{width}}"
        lines.append(line)
    return "\n".join(lines)


def main() -> int:
    data = folder()
    if not data.is_dir():
        print(f"The benchmarks are not here: {data.name} (CONSTANCIA_SHARED).", file=sys.stderr)
        return 1
    print(table(rows(data)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
