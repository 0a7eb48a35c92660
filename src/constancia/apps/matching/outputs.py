"""What a linkage leaves in files: pairs, clusters, a sample to look at. All of it personal, all private."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from constancia.apps.approvals.services import Spent
from constancia.apps.approvals.wording import stamped
from constancia.apps.matching.linking import Linkage
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.mapping.cells import text
from constancia.domain.matching.linking import sampling
from constancia.domain.matching.linking.sampling import Judged, Point, Stratum
from constancia.infra.csv_out import lines
from constancia.infra.files import private_folder, write_whole
from constancia.infra.tables import open_table

FIRST_OF_SAMPLE = 1 << 40
_HEAD = ["pair", "from", "below", "pairs", "probability"]
LABELS = {"same": "same", "igual": "same", "different": "different", "distinta": "different"} | {
    "unsure": "unsure",
    "dudosa": "unsure",
}


def write(found: Linkage, folder: Path, spent: Spent | None = None) -> list[Path]:
    """`pairs.csv` (every pair kept, with its probability and what each comparison reached) and
    `clusters.csv` (each row's cluster). Rows and identifiers only, no names.

    `spent`: the approval of another person, needed where one of the lists is the register. Raises NotAllowed
    `approval.needed` without it.
    """
    _allowed(found, spent)
    private_folder(folder)
    levels = [one.name for one in found.chosen]
    pairs = [
        [
            *_end(found, pair.first),
            *_end(found, pair.second),
            round(pair.probability, 6),
            int(found.together(pair)),
            *pair.levels,
        ]
        for pair in found.linked.pairs
    ]
    head = ["list_1", "row_1", "id_1", "list_2", "row_2", "id_2", "probability", "linked", *levels]
    clusters = [
        [cluster, at + 1, people.records[place].row, people.records[place].id]
        for at, people in enumerate(found.lists)
        for place, cluster in enumerate(found.linked.clusters[at])
    ]
    grouped: list[Sequence[object]] = [["cluster", "list", "row", "id"], *sorted(clusters)]
    return [
        write_csv(folder / "pairs.csv", marked([head, *pairs], spent, 0)),
        write_csv(folder / "clusters.csv", marked(grouped, spent, len(pairs))),
    ]


def write_sample(found: Linkage, file: Path, size: int, spent: Spent | None = None) -> int:
    """A sample of pairs for a person to label, both sides as written. How many. `spent`: as `write`."""
    _allowed(found, spent)
    probabilities = [pair.probability for pair in found.linked.pairs]
    layers = sampling.strata(probabilities, found.accept)
    fields = sorted({key for people in found.lists for key in people.fields})
    head = [*_HEAD, *[f"{key} {side}" for key in fields for side in (1, 2)], "label"]
    rows: list[Sequence[object]] = [head]
    for layer, places in zip(layers, sampling.draw(probabilities, found.accept, size), strict=True):
        for place in places:
            pair = found.linked.pairs[place]
            one, other = found.record(pair.first), found.record(pair.second)
            written = [side.written.get(key, "") for key in fields for side in (one, other)]
            said = [layer.low, layer.high, layer.pairs, round(pair.probability, 6)]
            rows.append([place + 1, *said, *written, ""])
    write_csv(file, marked(rows, spent, FIRST_OF_SAMPLE))
    return len(rows) - 1


def marked(rows: Sequence[Sequence[object]], spent: Spent | None, start: int) -> list[Sequence[object]]:
    """`rows` (the first is their head) with two columns in front, where the register is in them: which export
    it is, and the row's reference, from number `start` on."""
    if spent is None:
        return list(rows)
    told = stamped(spent)
    body = [[told, spent.reference(start + at), *row] for at, row in enumerate(rows[1:])]
    return [["export", "reference", *rows[0]], *body]


def _allowed(found: Linkage, spent: Spent | None) -> None:
    if found.own and spent is None:
        raise NotAllowed("approval.needed")


def read_labels(file: Path) -> tuple[list[Judged], list[Point]]:
    """A sample that a person has labelled: what each stratum showed, and precision and recall.

    `label` holds same, different or unsure (igual, distinta, dudosa). Raises TableRefused and InputRefused
    `linking.labels` (row): a row that was altered, or a label that is none of these.
    """
    table = open_table(file, delimiter=",")
    names = {name: at for at, name in enumerate(table.header)}
    if not {*_HEAD, "label"} <= names.keys():
        raise InputRefused("linking.labels", row=1)
    strata: dict[float, Stratum] = {}
    labels: list[tuple[float, str]] = []
    for row in table.rows():
        said = {name: text(row.cells[at]) if at < len(row.cells) else "" for name, at in names.items()}
        label = LABELS.get(said["label"].strip().casefold(), "" if not said["label"].strip() else "?")
        try:
            low, high, pairs = float(said["from"]), float(said["below"]), int(said["pairs"])
            whole = 0 <= low < high <= 1 and pairs > 0
            whole = whole and strata.setdefault(low, Stratum(low, high, pairs)) == Stratum(low, high, pairs)
        except ValueError:
            whole = False
        if not whole or label == "?":
            raise InputRefused("linking.labels", row=row.number)
        if label:
            labels.append((low, label))
    judged = sampling.tallied(strata, labels)
    if any(one.same + one.different + one.unsure > one.stratum.pairs for one in judged):
        raise InputRefused("linking.labels", row=1)
    if not any(one.same + one.different for one in judged):
        raise InputRefused("linking.no_labels")
    return judged, sampling.curve(judged)


def _end(found: Linkage, end: tuple[int, int]) -> list[object]:
    record = found.record(end)
    return [end[0] + 1, record.row, record.id]


def write_csv(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    write_whole(path, "".join(lines(rows)).encode())
    return path
