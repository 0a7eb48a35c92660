"""How well the reader of claims reads: against the labelled texts, and without what each one taught.

    make eval-claims            the table
    make eval-claims VERBOSE=1  with every miss and every claim too many

A prediction matches a labelled claim by value, or value and more, wherever they stand; where two could
match, the one nearer in the text does. A range is two labelled claims,
of its lower and its upper end. What repeats a claim that is already matched is neither right nor
wrong. Two claimants are the same if their keys are (an organisation, whoever speaks for it), or if both
name a person (in brackets or alone) with the same last name; "interim government (Official)" is therefore
the official, or the interim government. Beside it stands what plain equality of the strings would give.

Rules cannot be unlearned, word lists can: "left out" reads each text with every entry of the lexicon removed
that occurs in it and in none of the others. It corrects for words, not for rules shaped by reading the text.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from constancia.domain.claims.claimants import key_of, of_address
from constancia.domain.claims.reading import read
from constancia.domain.claims.reading.lexicon import entries
from constancia.domain.claims.reading.view import view
from constancia.domain.names import fold

Shape = dict[str, Any]
_NAME = re.compile(r"[A-ZÁÉÍÓÚÑ][\w'-]+(?: (?:[a-z]{1,3} )?[A-ZÁÉÍÓÚÑ][\w'-]+){1,4}")


@dataclass(frozen=True)
class Labelled:
    """One text of the folder with its claims."""

    name: str
    text: str
    language: Any
    published: date | None
    publisher: str | None
    claims: list[Shape]


@dataclass
class Tally:
    """Counts of one way of matching."""

    right: int = 0
    missed: int = 0
    extra: int = 0

    def add(self, other: Tally) -> None:
        self.right += other.right
        self.missed += other.missed
        self.extra += other.extra

    @property
    def precision(self) -> float:
        return self.right / ((self.right + self.extra) or 1)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + self.missed) or 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / ((2 * self.right + self.extra + self.missed) or 1)


@dataclass
class Score:
    """Tallies per way of matching, and how often a field was right among claims matched by value."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    fields: dict[str, list[int]] = field(default_factory=dict)

    def add(self, other: Score) -> None:
        for name, tally in other.tallies.items():
            self.tallies.setdefault(name, Tally()).add(tally)
        for name, (right, all_) in other.fields.items():
            mine = self.fields.setdefault(name, [0, 0])
            mine[0] += right
            mine[1] += all_


def same_claimant(one: str, other: str) -> bool:
    """The rule of the module's first lines."""
    if key_of(one) == key_of(other):
        return True
    names = _person(one), _person(other)
    if all(names) and names[0].split()[-1] == names[1].split()[-1]:
        return True
    bare = [fold(re.sub(r"\s*\([^()]*\)$", "", name)) for name in (one, other)]
    return {*bare} <= {"government", "interim government", "venezuelan government"}


def _person(claimant: str) -> str:
    """The folded name of a person in it: in brackets after an institution, or before a bracketed office."""
    inner = re.search(r"\(([^()]+)\)$", claimant)
    outer = re.sub(r"\s*\([^()]*\)$", "", claimant).removeprefix("President ")
    for text in (inner[1] if inner else "", outer):
        if _NAME.fullmatch(text) and not re.search(r"Minister|General|Court|Government|President$", text):
            return fold(text)
    return ""


MATCHES: dict[str, Callable[[Shape, Shape], bool]] = {
    "value": lambda a, b: a["value"] == b["value"],
    "value+about": lambda a, b: (a["value"], a["about"]) == (b["value"], b["about"]),
    "value+claimant": lambda a, b: a["value"] == b["value"] and same_claimant(a["claimant"], b["claimant"]),
    "value+about+claimant": lambda a, b: (
        (a["value"], a["about"]) == (b["value"], b["about"]) and same_claimant(a["claimant"], b["claimant"])
    ),
    "… claimant as written": lambda a, b: (
        (a["value"], a["about"], a["claimant"]) == (b["value"], b["about"], b["claimant"])
    ),
}
FIELDS: dict[str, Callable[[Shape, Shape], bool]] = {
    "qualifier": lambda a, b: a["qualifier"] == b["qualifier"],
    "unit": lambda a, b: a["unit"] == b["unit"],
    "about": lambda a, b: a["about"] == b["about"],
    "claimant": lambda a, b: same_claimant(a["claimant"], b["claimant"]),
    "as_of": lambda a, b: a["as_of"] == b["as_of"],
    "period": lambda a, b: a["period"] == b["period"],
}


def pairs(
    gold: list[Shape], given: list[Shape], same: Callable[[Shape, Shape], bool]
) -> tuple[list[tuple[Shape, Shape]], list[Shape], list[Shape]]:
    """Greedy pairs (labelled, predicted), the surest and then the nearest first; the missed; the extra."""
    options = sorted(
        (
            (-sum(check(g, p) for check in FIELDS.values()), abs(g["start"] - p["start"]), i, j)
            for i, g in enumerate(gold)
            for j, p in enumerate(given)
            if same(g, p)
        )
    )
    left, right = set(range(len(gold))), set(range(len(given)))
    chosen = []
    for _, _, i, j in options:
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            chosen.append((gold[i], given[j]))
    extra = [given[j] for j in sorted(right) if not any(same(g, given[j]) for g, _ in chosen)]
    return chosen, [gold[i] for i in sorted(left)], extra


def score(gold: list[Shape], given: list[Shape]) -> Score:
    found = Score()
    for name, same in MATCHES.items():
        chosen, missed, extra = pairs(gold, given, same)
        found.tallies[name] = Tally(len(chosen), len(missed), len(extra))
        if name == "value":
            for key, check in FIELDS.items():
                found.fields[key] = [sum(check(g, p) for g, p in chosen), len(chosen)]
    return found


def labelled(folder: Path) -> list[Labelled]:
    """The texts of a folder: NN.txt with its first line, the source, apart; NN.json beside it."""
    found = []
    for path in sorted(folder.glob("[0-9]*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8").split("\n", 1)[1]
        day = date.fromisoformat(data["published"]) if data["published"] else None
        source = of_address(data["source"])
        found.append(Labelled(path.stem, text, data["language"], day, source, data["claims"]))
    return found


def predicted(one: Labelled, without: frozenset[str] = frozenset()) -> list[Shape]:
    claims = read(
        one.text, language=one.language, published=one.published, publisher=one.publisher, without=without
    )
    return [shape for claim in claims for shape in _ends(claim.shape())]


def _ends(shape: Shape) -> list[Shape]:
    """A range as the labels give it, by both its ends; any other claim as it is."""
    if shape["high"] is None:
        return [shape]
    return [
        {**shape, "qualifier": "at_least", "high": None},
        {**shape, "qualifier": "up_to", "value": shape["high"], "high": None},
    ]


def taught_by(one: Labelled, texts: Iterable[Labelled]) -> frozenset[str]:
    """The entries of the lexicon that occur in this text and in no other of its language."""
    here = view(one.text).folded
    others = [view(t.text).folded for t in texts if t is not one and t.language == one.language]
    compiled = {entry: re.compile(rf"(?<!\w)(?:{entry})(?!\w)") for entry in entries(one.language)}
    return frozenset(
        entry
        for entry, pattern in compiled.items()
        if pattern.search(here) and not any(pattern.search(other) for other in others)
    )


def table(title: str, scores: dict[str, Score], out: Any) -> None:
    print(f"\n{title}", file=out)
    print(f"{'':24}" + "".join(f"{name:>22}" for name in scores), file=out)
    print(f"{'':24}" + f"{'P     R     F1':>22}" * len(scores), file=out)
    for way in MATCHES:
        cells = [s.tallies.get(way, Tally()) for s in scores.values()]
        print(
            f"{way:24}"
            + "".join(f"{t.precision:>10.3f} {t.recall:.3f} {t.f1:.3f}"[-22:].rjust(22) for t in cells),
            file=out,
        )
    print("  right among claims matched by value", file=out)
    for name in FIELDS:
        cells2 = [s.fields.get(name, [0, 0]) for s in scores.values()]
        print(f"  {name:22}" + "".join(f"{r / (n or 1):>15.3f} ({n:3d})" + " " for r, n in cells2), file=out)


def evaluate(texts: list[Labelled], left_out: bool) -> tuple[dict[str, Score], dict[str, list[Shape]]]:
    scores = {"all": Score(), "es": Score(), "en": Score()}
    given: dict[str, list[Shape]] = {}
    for one in texts:
        given[one.name] = predicted(one, taught_by(one, texts) if left_out else frozenset())
        found = score(one.claims, given[one.name])
        scores["all"].add(found)
        scores[one.language].add(found)
    return scores, given


def details(texts: list[Labelled], given: dict[str, list[Shape]], out: Any) -> None:
    """Every labelled claim with what was read for it, where they differ."""
    for one in texts:
        chosen, missed, extra = pairs(one.claims, given[one.name], MATCHES["value"])
        print(f"-- {one.name} ({one.language}, {one.published})", file=out)
        for gold, mine in chosen:
            wrong = [f"{k}: {gold[k]} | {mine[k]}" for k, check in FIELDS.items() if not check(gold, mine)]
            if wrong:
                print(f"   {gold['value']} “{gold['quote'][:60]}”\n      " + "\n      ".join(wrong), file=out)
        for gold in missed:
            print(f"   MISSED {gold['value']} {gold['about']} “{gold['quote'][:90]}”", file=out)
        for mine in extra:
            print(
                f"   EXTRA  {mine['value']} {mine['about']} {mine['claimant']} “{mine['quote'][:90]}”",
                file=out,
            )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="eval_claims", description=(__doc__ or "").splitlines()[0])
    shared = Path(os.environ.get("CONSTANCIA_SHARED") or Path(__file__).parents[2] / "shared")
    parser.add_argument("folder", nargs="?", type=Path, default=shared / "news")
    parser.add_argument("-v", "--verbose", action="store_true")
    chosen = parser.parse_args(arguments)
    if not chosen.folder.is_dir():
        print(f"There are no labelled texts at {chosen.folder} (CONSTANCIA_SHARED).", file=sys.stderr)
        return 1
    texts = labelled(chosen.folder)
    scores, given = evaluate(texts, left_out=False)
    if chosen.verbose:
        details(texts, given, sys.stdout)
    count = sum(len(one.claims) for one in texts)
    table(
        f"As it stands ({len(texts)} texts, {count} claims; the rules were written on these texts)",
        scores,
        sys.stdout,
    )
    scores, _ = evaluate(texts, left_out=True)
    table("Left out: each text without the lexicon entries that only it bears out", scores, sys.stdout)
    print(
        "\nThe second table corrects for words that were listed for one text's sake. It does not correct"
        "\nfor rules and conventions shaped by reading these texts, nor for words that two of them share:"
        "\nexpect new texts to do worse than in the first table."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
