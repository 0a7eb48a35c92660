"""Other matchers on the same entries: plain RapidFuzz ratios, Splink out of the box, nomenklatura."""

from __future__ import annotations

import json
import logging
import subprocess
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from time import perf_counter

import numpy as np
import pyarrow as pa
import splink.comparison_library as cl
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from constancia.domain.matching import sides
from constancia.domain.matching.shapes import Known
from constancia.domain.matching.table import Table
from tools.matching.entries import Trial
from tools.matching.measuring import Answers

NEAREST = 50
_BLOCK = 64


def ratios(trial: Trial) -> Answers:
    """`token_sort_ratio` of every entry with everybody."""
    return _answers(trial, *_nearest(trial, 5), spare=0.0)


def _nearest(trial: Trial, count: int) -> tuple[list[list[tuple[int, float]]], float]:
    start = perf_counter()
    names = [" ".join(sorted(default_process(one.names[0]).split())) for one in trial.people]
    found = []
    asked = [" ".join(sorted(default_process(one.name).split())) for one in trial.mentions]
    for at in range(0, len(asked), _BLOCK):
        scores = process.cdist(asked[at : at + _BLOCK], names, scorer=fuzz.ratio, dtype=np.float32, workers=2)
        for row in scores:
            best = np.argpartition(-row, count)[:count]
            best = best[np.argsort(-row[best], kind="stable")]
            found.append([(int(i), float(row[i])) for i in best])
    return found, perf_counter() - start


def splink(trial: Trial) -> Answers:
    """Splink 5 as its documentation shows it: names in four fields, blocking on any two, EM."""
    logging.getLogger("splink").setLevel(logging.CRITICAL)
    with redirect_stdout(StringIO()):  # it prints as it goes
        return _linked(trial)


def _linked(trial: Trial) -> Answers:
    start = perf_counter()
    ours = _fields([one.names[0] for one in trial.people])
    theirs = _fields([one.name for one in trial.mentions])
    db = DuckDBAPI()
    tables = [
        db.register(
            pa.table({"unique_id": list(range(len(rows))), **_columns(rows)}), dataset_display_name=name
        )
        for name, rows in (("theirs", theirs), ("ours", ours))
    ]
    pairs = [("g1", "s1"), ("s1", "s2"), ("g1", "s2"), ("g2", "s1"), ("g1", "g2")]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds(name, [0.92, 0.8]).configure(term_frequency_adjustments=True)
            for name in ("g1", "g2", "s1", "s2")
        ],
        blocking_rules_to_generate_predictions=[block_on(*pair) for pair in pairs],
    )
    linker = Linker(tables, settings)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("g1", "g2", "s1", "s2")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("g1", "s1"), block_on("s1", "s2"), block_on("g1", "g2")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_weight=-20).as_duckdbpyrelation().fetch_arrow_table()
    found: list[list[tuple[int, float]]] = [[] for _ in trial.mentions]
    rows = predicted.select(["unique_id_l", "unique_id_r", "source_dataset_l", "match_weight"]).to_pylist()
    for row in rows:
        entry, person = row["unique_id_l"], row["unique_id_r"]
        if row["source_dataset_l"] != "theirs":
            entry, person = person, entry
        found[entry].append((person, row["match_weight"]))
    best = [sorted(one, key=lambda pair: -pair[1])[:5] for one in found]
    return _answers(trial, best, perf_counter() - start, spare=-30.0)


def _fields(names: Sequence[str]) -> list[dict[str, str | None]]:
    """Given name, further ones, surname, further ones, as the engine tells them apart too."""
    table = Table([Known(at, (name,)) for at, name in enumerate(names)])
    rows: list[dict[str, str | None]] = [{"g1": None, "g2": None, "s1": None, "s2": None} for _ in names]
    keys = {sides.GIVEN: "g1", sides.GIVEN_MORE: "g2", sides.SURNAME: "s1", sides.SURNAME_MORE: "s2"}
    for form in range(len(table)):
        row = rows[int(table.person[form])]
        for word, role in zip(table.words[form], table.roles[form], strict=True):
            if role >= 0:
                key = keys[int(role)]
                row[key] = " ".join(part for part in (row[key], table.vocabulary.words[word]) if part)
    return rows


def _columns(rows: Sequence[dict[str, str | None]]) -> dict[str, list[str | None]]:
    return {key: [row[key] for row in rows] for key in ("g1", "g2", "s1", "s2")}


def nomenklatura(trial: Trial, python: Path) -> Answers | None:
    """LogicV2 on the NEAREST by token_sort_ratio, in an environment of its own; None where there is none."""
    if not python.exists():
        return None
    nearest, seconds = _nearest(trial, NEAREST)
    asked = [
        {"query": mention.name, "names": [trial.people[at].names[0] for at, _ in near]}
        for mention, near in zip(trial.mentions, nearest, strict=True)
    ]
    done = subprocess.run(
        [str(python), str(Path(__file__).with_name("peer_nomenklatura.py"))],
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        return None
    told = json.loads(done.stdout)
    best = [
        sorted(((at, score) for (at, _), score in zip(near, scores, strict=True)), key=lambda pair: -pair[1])[
            :5
        ]
        for near, scores in zip(nearest, told["scores"], strict=True)
    ]
    return _answers(trial, best, seconds + told["seconds"], spare=0.0)


def _answers(
    trial: Trial, best: Sequence[Sequence[tuple[int, float]]], seconds: float, *, spare: float
) -> Answers:
    return Answers(
        trial.truth,
        [one[0][0] if one else -1 for one in best],
        [one[0][1] if one else spare for one in best],
        [one[0][1] - (one[1][1] if len(one) > 1 else spare) if one else 0.0 for one in best],
        [truth >= 0 and truth in [at for at, _ in one] for one, truth in zip(best, trial.truth, strict=True)],
        seconds,
    )
