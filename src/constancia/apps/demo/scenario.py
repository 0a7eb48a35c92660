"""Reads `scenario.toml`: what was published, and the parameters of the invention."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict

from constancia.domain.vocabulary.terms import Role

Entry = Literal[
    "baseline", "late", "late_recognised", "late_verified", "new", "historic", "returned", "short",
    "unrecognised", "reported",
]  # fmt: skip
Exit = Literal[
    "held", "christmas", "christmas_late", "new_year", "house_arrest", "wave", "died", "duplicate", "learned",
    "withdrawn", "last_day", "past",
]  # fmt: skip


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(_Part):
    publisher: str
    published: date
    about: str


class Published(_Part):
    """A published number, and the question to the register that gives it back."""

    name: str
    document: str
    says: str
    figure: str
    as_of: date
    known_at: date
    value: int
    start: date | None = None
    by: str = ""
    category: str = ""

    def command(self, rule: str) -> list[str]:
        """The command line that asks the register, after `constancia`."""
        words = ["figures", "show", self.figure, "--rule", rule]
        if self.start is not None:
            words += ["--from", self.start.isoformat()]
        words += ["--as-of", self.as_of.isoformat(), "--known-at", self.known_at.isoformat()]
        return [*words, "--by", self.by] if self.by else words


class InventedUser(_Part):
    login: str
    role: Role
    name: str
    regions: tuple[str, ...] = ()


class LawyersCases(_Part):
    """How many cases of which region `by` assigned to the lawyer `login`."""

    login: str
    by: str
    region: str
    cases: int


class Cohort(_Part):
    """So many people who came in and went out the same way; the other numbers are how many of `count`."""

    entry: Entry
    exit: Exit
    count: int
    women: int = 0
    sex_unsaid: int = 0
    adolescents: int = 0
    military: int = 0
    police: int = 0
    foreign: int = 0
    dual: int = 0
    vanished: int = 0


class Amnesty(_Part):
    from_prison: int
    released_in_wave: int
    released_at_christmas: int
    released_before: int
    days: tuple[date, ...]


class Extras(_Part):
    """See the comments in the file."""

    pending_out: int
    denied_out: int
    returned_within_hours: int
    whereabouts_found: int
    double_entries: int
    suspected_doubles: int
    namesakes: int
    arrest_doubts: int
    vague_near_a_count: int
    imprecise_releases: int
    seen_held: int


class Weights(_Part):
    state: dict[str, int]
    arrest_month: dict[str, int]
    consent: dict[str, int]
    occupation: dict[str, int]
    authority: dict[str, int]


class Prisons(_Part):
    women: dict[str, int]
    men: dict[str, int]
    military: dict[str, int]


class Scenario(_Part):
    seed: int
    zone: str
    opens: date
    ends: date
    rule: str
    framework: str
    documents: dict[str, Document]
    published: tuple[Published, ...]
    users: tuple[InventedUser, ...]
    lawyer: LawyersCases
    cohorts: tuple[Cohort, ...]
    wave: dict[date, int]
    amnesty: Amnesty
    extras: Extras
    weights: Weights
    prisons: Prisons

    def wave_days(self) -> Iterator[date]:
        """Each day as often as people left prison on it."""
        for day, number in sorted(self.wave.items()):
            for _ in range(number):
                yield day


@cache
def scenario() -> Scenario:
    """The scenario that ships with the package."""
    text = resources.files(__package__).joinpath("scenario.toml").read_text(encoding="utf-8")
    return Scenario.model_validate(tomllib.loads(text))
