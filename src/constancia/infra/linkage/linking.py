"""One linkage from tables to pairs and clusters."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from splink import Linker

from constancia.domain.matching.linking.blocking import Blocking, word_keys
from constancia.domain.matching.linking.comparing import Comparison, columns_of
from constancia.domain.matching.linking.learning import Learnt, Seen, learn
from constancia.domain.matching.linking.records import People
from constancia.infra.linkage.engines import Engine
from constancia.infra.linkage.quiet import quiet
from constancia.infra.linkage.settings import KEYS, LinkType, column, settings

FLOOR = 0.001
"""Pairs less likely than this are not kept."""
SAMPLED = 400_000
"""Pairs drawn to learn how often two people agree."""
NAMES = ("a", "b")
_SEED = 20260108

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records by list (0, 1) and place in it, the probability that they are one person, and the level
    that each comparison reached (0: else; -1: nothing to compare)."""

    first: tuple[int, int]
    second: tuple[int, int]
    probability: float
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """`pairs`: those from FLOOR on. `clusters`: of each list, each record's cluster, numbered from 0.
    `compared`: pairs that the rules brought together. `true_compared`: of those, pairs of one person by
    their `truth`."""

    pairs: tuple[Pair, ...]
    clusters: tuple[tuple[int, ...], ...]
    compared: int
    true_compared: int
    learnt: Learnt


def link(
    engine: Engine,
    lists: Sequence[People],
    chosen: Sequence[Comparison],
    blocking: Blocking,
    *,
    accept: float,
    progress: Progress = lambda done, total: None,
) -> Linked:
    """Learns, predicts and clusters. One list: its duplicates. Two lists of which neither holds anybody
    twice are only linked with each other. Raises StoreRefused (`linking.engine`, `linking.memory`)."""
    kind = kind_of(lists)
    with quiet():
        kinds = {column(name): said for name, said in columns_of(chosen).items()}
        kinds |= {"unique_id": "number", "source_dataset": "text", "truth": "text", KEYS: "words"}
        tables = _tables(engine, lists, chosen, blocking, kinds)
        progress(1, 4)
        learnt = _learn(engine, tables, lists, chosen, blocking, kind)
        progress(2, 4)
        linker = Linker(tables, settings(chosen, blocking, kind, learnt), log_level=logging.CRITICAL + 1)
        everything = linker.inference.predict(warning_mode="never")
        compared, true = _compared(engine, everything.physical_name)
        progress(3, 4)
        # Clustering joins its edges with themselves round after round: only those it may use.
        likely = engine.api.query_sql(
            f"SELECT * FROM {everything.physical_name} WHERE match_probability >= {min(FLOOR, accept)}"
        )
        pairs = _pairs(engine, likely.physical_name, chosen)
        clusters = _clusters(engine, linker, likely, lists, accept)
        progress(4, 4)
    return Linked(pairs, clusters, compared, true, learnt)


def kind_of(lists: Sequence[People]) -> LinkType:
    if len(lists) == 1:
        return "dedupe_only"
    return "link_only" if all(one.duplicate_free for one in lists) else "link_and_dedupe"


def _tables(
    engine: Engine,
    lists: Sequence[People],
    chosen: Sequence[Comparison],
    blocking: Blocking,
    kinds: Mapping[str, str],
) -> list[Any]:
    keys = word_keys(lists, blocking.words) if blocking.words else None
    tables = []
    for at, people in enumerate(lists):
        size = len(people.records)
        columns: dict[str, Sequence[Any]] = {
            "unique_id": range(size),
            "source_dataset": [NAMES[at]] * size,
            "truth": [one.truth or None for one in people.records],
        }
        for name in columns_of(chosen):
            columns[column(name)] = [one.values.get(name) for one in people.records]
        if keys is not None:
            columns[KEYS] = keys[at]
        tables.append(engine.table(NAMES[at], columns, kinds))
    return tables


def _learn(
    engine: Engine,
    tables: list[Any],
    lists: Sequence[People],
    chosen: Sequence[Comparison],
    blocking: Blocking,
    kind: LinkType,
) -> Learnt:
    linker = Linker(tables, settings(chosen, blocking, kind), log_level=logging.CRITICAL + 1)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED + 1, seed=_SEED, num_chunks=1)
    together = linker.inference.predict(warning_mode="never")
    gammas = ", ".join(f"gamma_{one.name}" for one in chosen)
    rows = engine.rows(f"SELECT {gammas}, count(*) FROM {together.physical_name} GROUP BY {gammas}")
    together.drop_table_from_database_and_remove_from_cache()
    patterns = np.array([row[:-1] for row in rows], dtype=np.int64).reshape(len(rows), len(chosen))
    order = {one.name: at for at, one in enumerate(chosen)}
    seen = Seen(
        patterns,
        np.array([row[-1] for row in rows], dtype=np.float64),
        blocking.pairs,
        blocking.everything,
        tuple(tuple(order[name] for name in rule) for rule in blocking.rules),
    )
    usual = [np.array(one.usual[::-1], dtype=np.float64) for one in chosen]
    return learn(seen, usual, _two_people(linker, chosen), [_silent(one.column, lists) for one in chosen])


def _two_people(linker: Linker, chosen: Sequence[Comparison]) -> list[Any]:
    """How often two random records reach each level, from "else" up; half a pair where none did."""
    found = []
    for one in chosen:
        made = next(c for c in linker._settings_obj.comparisons if c.output_column_name == one.name)
        shares = [
            level.u_probability if isinstance(level.u_probability, float) else 0.0
            for level in made.comparison_levels
            if not level.is_null_level
        ]
        kept = np.maximum(np.array(shares[::-1], dtype=np.float64), 0.5 / SAMPLED)
        found.append(kept / kept.sum())
    return found


def _silent(name: str, lists: Sequence[People]) -> float:
    """How often a pair has nothing to say in a column."""
    saying = [sum(name in one.values for one in people.records) / len(people.records) for people in lists]
    return 1 - saying[0] * saying[-1]


def _compared(engine: Engine, table: str) -> tuple[int, int]:
    sql = f"SELECT count(*), sum(CASE WHEN truth_l = truth_r THEN 1 ELSE 0 END) FROM {table}"
    count, true = engine.rows(sql)[0]
    return int(count), int(true or 0)


def _pairs(engine: Engine, table: str, chosen: Sequence[Comparison]) -> tuple[Pair, ...]:
    wanted = ["unique_id_l", "unique_id_r", "match_probability", *[f"gamma_{one.name}" for one in chosen]]
    listed = _has_source(engine, table)
    wanted += ["source_dataset_l", "source_dataset_r"] if listed else []
    sql = f"SELECT {', '.join(wanted)} FROM {table} WHERE match_probability >= {FLOOR}"
    found = []
    for row in engine.rows(sql):
        lists = (NAMES.index(row[-2]), NAMES.index(row[-1])) if listed else (0, 0)
        ends = sorted(((lists[0], int(row[0])), (lists[1], int(row[1]))))
        found.append(Pair(ends[0], ends[1], float(row[2]), tuple(int(n) for n in row[3 : 3 + len(chosen)])))
    return tuple(sorted(found, key=lambda pair: (-pair.probability, pair.first, pair.second)))


def _has_source(engine: Engine, table: str) -> bool:
    return any(row[0] == "source_dataset_l" for row in engine.rows(f"DESCRIBE {table}"))


def _clusters(
    engine: Engine, linker: Linker, predicted: Any, lists: Sequence[People], accept: float
) -> tuple[tuple[int, ...], ...]:
    free = [NAMES[at] for at, one in enumerate(lists) if one.duplicate_free] if len(lists) > 1 else []
    if free:
        made = linker.clustering.cluster_using_single_best_links(
            predicted, duplicate_free_datasets=free, threshold_match_probability=accept
        )
    else:
        made = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_probability=accept
        )
    listed = "source_dataset, " if len(lists) > 1 else ""
    rows = engine.rows(f"SELECT {listed}unique_id, cluster_id FROM {made.physical_name}")
    numbers: dict[str, int] = {}
    clusters = [[-1] * len(one.records) for one in lists]
    for row in sorted(rows, key=lambda row: row[:-1]):
        at = NAMES.index(row[0]) if listed else 0
        clusters[at][int(row[-2])] = numbers.setdefault(str(row[-1]), len(numbers))
    return tuple(tuple(one) for one in clusters)
