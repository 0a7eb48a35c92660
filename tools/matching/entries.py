"""Registers and lists with the truth: invented ones, and the one of CONSTANCIA_SHARED."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from constancia.domain.matching.shapes import Known, Mention
from constancia.domain.vocabulary.states import region_code
from tools.matching.people import Draw, Invented
from tools.matching.spoiling import Spoiler

PRESENT, ABSENT = 1000, 300


@dataclass(frozen=True, slots=True)
class Trial:
    """A register, a list, and who of the register (its place) each entry is, -1 for nobody."""

    name: str
    people: Sequence[Known]
    mentions: Sequence[Mention]
    truth: Sequence[int]


def invented(
    folder: Path, seed: int, size: int, *, present: int = PRESENT, absent: int = ABSENT, hand: float = 1.0
) -> Trial:
    """A register of `size` invented people, 2 % of them brothers and sisters of others, and a careless list.

    A third of the absent are hard: brothers or sisters, and people who share a given name and a surname.
    60 % of the entries say the state, 30 % the year of birth.
    """
    draw = Draw(folder, seed)
    rng = draw.random
    people = draw.people(size)
    for one, other in zip(
        rng.choice(size, size // 50, replace=False), rng.choice(size, size // 50), strict=True
    ):
        model = people[other]
        people[one] = replace(people[one], surname=model.surname, surname2=model.surname2, state=model.state)
    strangers = draw.people(absent)
    for at in range(absent * 2 // 3, absent):
        model = people[int(rng.integers(size))]
        if at % 2:
            strangers[at] = replace(
                strangers[at], surname=model.surname, surname2=model.surname2, state=model.state
            )
        else:
            strangers[at] = replace(strangers[at], given=model.given, surname=model.surname)
    spoiler = Spoiler(draw, seed + 1, hand)
    chosen = [int(at) for at in rng.choice(size, min(present, size), replace=False)]
    listed = [people[at] for at in chosen] + strangers
    mentions = [
        Mention(
            spoiler.spoiled(one),
            state=one.state if rng.random() < 0.6 else "",
            born=_year(one.year) if rng.random() < 0.3 else None,
        )
        for one in listed
    ]
    return Trial(
        f"seed {seed}",
        [_known(at, one) for at, one in enumerate(people)],
        mentions,
        [*chosen, *[-1] * absent],
    )


def shared(folder: Path) -> Trial:
    """The register of 100,000 and the 1,300 entries of CONSTANCIA_SHARED."""
    rows = duckdb.sql(
        f"SELECT g1, g2, s1, s2, year, state FROM '{folder / 'register_100k.parquet'}' ORDER BY id"
    ).fetchall()
    people = [
        _known(at, Invented(g1, g2, s1, s2, False, year, region_code(state)))
        for at, (g1, g2, s1, s2, year, state) in enumerate(rows)
    ]
    mentions, truth = [], []
    with (folder / "queries_100k.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            year = int(float(row["year"])) if row["year"] else 0
            state = region_code(row["state"]) if row["state"] else ""
            mentions.append(Mention(row["name"], state=state, born=_year(year) if year else None))
            truth.append(int(row["true_id"]))
    return Trial("shared", people, mentions, truth)


def names_only(trial: Trial) -> Trial:
    """The same list with nothing but names."""
    return replace(trial, mentions=[Mention(one.name) for one in trial.mentions])


def _known(at: int, one: Invented) -> Known:
    return Known(
        at,
        (one.full,),
        given=f"{one.given} {one.given2}".strip(),
        surnames=f"{one.surname} {one.surname2}".strip(),
        born=_year(one.year),
        states=(one.state,),
    )


def _year(year: int) -> tuple[int, int]:
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
