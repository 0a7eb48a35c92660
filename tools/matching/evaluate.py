"""How well lists are matched, beside plain ratios, Splink and nomenklatura, on the same entries in one run.

    make eval-matching              needs CONSTANCIA_SHARED; nomenklatura where it could be installed
    make eval-matching MILLION=1    with a register of a million as well

Whom to accept (a probability and a margin to the second candidate) is chosen on lists of other seeds, and
reported on lists that chose nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from constancia.domain.matching.engine import Index
from constancia.domain.matching.retrieving import KEPT, Retriever
from constancia.domain.matching.table import Table
from constancia.domain.names.parts import words_of
from tools.matching import peers
from tools.matching.entries import Trial, invented, names_only, shared
from tools.matching.measuring import Answers, Rule, reliability
from tools.matching.ours import answered

CHOOSING = (201, 203, 204)
REPORTING = 202
SIZE = 100_000
PRECISIONS = (0.99, 0.95)
PEERS_PYTHON = Path(".venv-peers/bin/python")


@dataclass(frozen=True, slots=True)
class Pooled:
    """Answers to several lists as one, for choosing a rule."""

    answers: Sequence[Answers]

    def whole(self) -> Answers:
        def joined(name: str) -> list[object]:
            return [value for one in self.answers for value in getattr(one, name)]

        fields = ("truth", "first", "score", "margin", "five")
        return replace(self.answers[0], **{name: joined(name) for name in fields})


def main() -> None:
    parser = argparse.ArgumentParser(prog="eval-matching", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--million", action="store_true")
    given = parser.parse_args()
    folder = Path(os.environ.get("CONSTANCIA_SHARED", "../shared")) / "data" / "names"
    if not folder.is_dir():
        sys.exit("eval-matching: CONSTANCIA_SHARED has no data/names; nothing was measured.")
    trials = [shared(folder), invented(folder, REPORTING, SIZE)]
    choosing = [invented(folder, seed, SIZE) for seed in CHOOSING]
    print(f"{len(trials[0].mentions)} entries, {SIZE:,} people. To reach: r@1 .90, r@5 .96,")
    print("recall at 99 % precision .75 with names alone and .85 with state and year\n")
    _head()
    _names_alone(trials, choosing)
    _with_more(trials, choosing)
    _blocking(trials)
    if given.million:
        _million(folder)


def _head() -> None:
    print(
        f"{'':34}{'r@1':>7}{'r@5':>7}{'R@P99':>8}{'(P)':>7}{'R@P95':>8}{'(P)':>7}{'ask s':>8}{'build s':>9}"
    )


def _line(name: str, one: Answers, rules: Sequence[Rule]) -> None:
    cells = "".join(f"{recall:8.3f}{precision:7.3f}" for precision, recall in map(one.accepted, rules))
    print(
        f"{name:34}{one.recall_first():7.3f}{one.recall_five():7.3f}{cells}{one.seconds:8.1f}{one.building:9.1f}",
        flush=True,
    )


def _rules(answers: Sequence[Answers]) -> list[Rule]:
    whole = Pooled(answers).whole()
    return [whole.rule(precision) for precision in PRECISIONS]


def _names_alone(trials: Sequence[Trial], choosing: Sequence[Trial]) -> None:
    rules = _rules([answered(names_only(one))[0] for one in choosing])
    for trial in trials:
        answers, found = answered(names_only(trial))
        _line(f"names alone, {trial.name}", answers, rules)
        _calibration(trial, found)
    one, other = names_only(trials[0]), names_only(choosing[0])
    matchers: list[tuple[str, Callable[[Trial], Answers | None]]] = [
        ("RapidFuzz token_sort_ratio", peers.ratios),
        ("Splink 5, four fields", peers.splink),
        ("nomenklatura LogicV2, top 50", lambda trial: peers.nomenklatura(trial, PEERS_PYTHON)),
    ]
    for name, matcher in matchers:
        chose, told = matcher(other), matcher(one)
        if chose is None or told is None:
            print(f"{name:34}  could not be installed here (it compiles PyICU: libicu-dev, pkg-config)")
        else:
            _line(f"{name}, {one.name}", told, _rules([chose]))


def _with_more(trials: Sequence[Trial], choosing: Sequence[Trial]) -> None:
    rules = _rules([answered(one)[0] for one in choosing])
    for trial in trials:
        answers, found = answered(trial)
        _line(f"with state and year, {trial.name}", answers, rules)
        _calibration(trial, found)


def _calibration(trial: Trial, found: Sequence[object]) -> None:
    pairs = [
        (c.probability, c.key == truth)
        for one, truth in zip(found, trial.truth, strict=True)
        for c in one.candidates
    ]  # type: ignore[attr-defined]
    bins = reliability([p for p, _ in pairs], [right for _, right in pairs])
    print("    of the pairs given:  " + "  ".join(f"{b.low:.2f}-{b.high:.2f}" for b in bins))
    print("    this many are right: " + "  ".join(f"{b.right:9.3f}" for b in bins))
    print("    pairs:               " + "  ".join(f"{b.pairs:9d}" for b in bins))


def _blocking(trials: Sequence[Trial]) -> None:
    print("\nblocking: who is compared word by word")
    for trial in trials:
        table = Table(trial.people)
        words = [words_of(one.name) for one in trial.mentions]
        near = table.vocabulary.neighbours(word for one in words for word in one)
        retriever = Retriever(table, near)
        for name, kept in (("shares words", 10**9), (f"the {KEPT} kept", KEPT)):
            found = [retriever.candidates(one, None, kept) for one in words]
            hits = sum(
                truth in table.person[forms]
                for forms, truth in zip(found, trial.truth, strict=True)
                if truth >= 0
            )
            pairs = sum(map(len, found)) / (len(words) * len(table))
            complete = hits / sum(truth >= 0 for truth in trial.truth)
            print(
                f"    {trial.name:10} {name:14} pair completeness {complete:.3f}   reduction {1 - pairs:.5f}"
            )


def _million(folder: Path) -> None:
    trial = names_only(invented(folder, 301, 1_000_000))
    index = Index(trial.people)
    answers, _ = answered(replace(trial, mentions=trial.mentions[:1000], truth=trial.truth[:1000]), index)
    print(f"\na million people: 1,000 entries in {answers.seconds:.1f} s; r@1 {answers.recall_first():.3f}")


if __name__ == "__main__":
    main()
