"""Random lives, told badly: late, twice, withdrawn, doubted, with half a date. Recorded and kept as told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from random import Random
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.register.recording import PersonHandle, Recorder
from constancia.domain.dates import ImpreciseDate, edtf
from constancia.domain.vocabulary.terms import SourceKind, Verdict
from tests.apps.figures.examiner import INF, ZONE, Told

FIRST, LAST = date(2025, 10, 1), date(2026, 2, 28)
MORNING = datetime(2025, 10, 1, 14, tzinfo=UTC)
SOURCES = ["own_lawyer"] * 4 + ["relative"] * 3
SOURCES += ["press", "official_statement", "official_list", "post", "person"]
OUTCOMES = ["recognised"] * 5 + ["recognised_retrial", "not_recognised", "under_review"]
BEGINNINGS: list[list[str]] = [["arrest"]] * 5
BEGINNINGS += [["disappearance"], ["disappearance", "arrest"], ["seen_held"], ["seen_held", "arrest"], []]
ENDINGS: list[list[tuple[str, dict[str, str]]]] = [
    [],
    [],
    [("release", {"release": "under_measures"})],
    [("release", {"release": "under_measures"}), ("case_closed", {"closure": "amnesty"})],
    [
        ("release", {"release": "house_arrest"}),
        ("release", {"release": "under_measures"}),
        ("release", {"release": "full"}),
    ],
    [("release", {"release": "unspecified"}), ("case_closed", {"closure": "dismissal"})],
    [("release", {})],
    [("release", {"release": "full"})],
    [("release", {"release": "exile"})],
    [("case_closed", {"closure": "pardon"})],
    [("death_in_custody", {})],
    [("escape", {})],
    [("release", {"release": "conditional"}), ("release", {"release": "house_arrest"})],
]


def edtf_of(day: date, random: Random) -> str:
    return random.choice([day.isoformat(), day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}"])


class Teller:
    """Makes the facts of a register in no particular order of time; `told` holds them by known time."""

    def __init__(self, random: Random, users: Sequence[User]) -> None:
        self.random, self.users = random, users
        self.told: list[Told] = []
        self.dates: dict[int, ImpreciseDate] = {}
        self.detentions = 0

    def write(self, day: date) -> ImpreciseDate:
        """That day as some source would give it."""
        r = self.random
        text = r.choices(
            [
                day.isoformat(), f"{day:%Y-%m}", f"{day}~", f"../{day}", f"{day}/..", "", f"{day:%Y}",
                f"{day - timedelta(r.randint(0, 9))}/{day + timedelta(r.randint(1, 12))}",
            ],
            [60, 8, 3, 4, 4, 3, 1, 17],
        )[0]  # fmt: skip
        return edtf.parse(text)

    def on_duty(self, at: datetime) -> int:
        """Whoever writes what reaches the house that day."""
        return self.users[at.astimezone(ZONE).toordinal() % len(self.users)].pk

    def later(self, after: datetime, days: float) -> datetime:
        """Some instant after `after`, to the minute, mostly soon."""
        return after + timedelta(minutes=int(min(self.random.expovariate(1 / days), days * 6) * 1440) + 1)

    def fact(
        self, kind: str, person: int, detention: int | None, day: date, fields: dict[str, Any], **more: Any
    ) -> Told:
        r = self.random
        when = self.write(day) if more.pop("dated", True) else edtf.parse("")
        noon = datetime(day.year, day.month, day.day, 14, tzinfo=UTC)
        witnessed = max(more.pop("after", None) or self.later(noon, 9), MORNING)
        # only imports declare, and these two never come by one
        declares = r.random() < 0.1 and kind not in ("identity_judgement", "withdrawal")
        declared = witnessed - timedelta(days=r.randint(1, 30)) if declares else None
        told = Told(
            order=len(self.told), person=person, detention=detention, kind=kind,
            earliest=when.earliest.toordinal() if when.earliest else -INF,
            latest=when.latest.toordinal() if when.latest else INF,
            fields=fields, source=(r.choice(SOURCES), r.randrange(10**6)), recorder=self.on_duty(witnessed),
            declared=declared, witnessed=witnessed, supersedes=more.pop("supersedes", None),
        )  # fmt: skip
        self.told.append(told)
        self.dates[told.order] = when
        self.opinions(told, more.pop("sure", 0.75))
        return told

    def opinions(self, told: Told, sure: float) -> None:
        r, last = self.random, told.witnessed
        others = [user.pk for user in self.users if user.pk != told.recorder]
        if r.random() < sure:
            told.reviews.append((last := self.later(last, 4), others[0], "confirm"))
        while r.random() < 0.12:
            last = self.later(last, 15)
            verdict = r.choice(["confirm", "doubt", "retract", "retract"])
            told.reviews.append((last, r.choice(self.users).pk, verdict))
        if r.random() < 0.08:
            source = (r.choice(SOURCES), r.randrange(10**6))
            last = self.later(told.witnessed, 8)
            told.attested.append((last, source, r.choice(["confirm", "confirm", "doubt"])))
            if r.random() < 0.3:
                told.attested.append((self.later(last, 8), source, "retract"))

    def afterthoughts(self, told: Told, day: date) -> None:
        """Another version of a fact, a correction, a withdrawal, a withdrawal of the withdrawal."""
        r = self.random
        shifted = day + timedelta(r.randint(-12, 12))
        same = (told.kind, told.person, told.detention)
        if r.random() < 0.15:
            self.fact(*same, shifted, dict(told.fields), after=self.later(told.witnessed, 10), sure=0.5)
        if told.kind == "release" and r.random() < 0.1:
            other = {"release": r.choice(["full", "under_measures", "house_arrest", "unspecified"])}
            when = day if r.random() < 0.5 else shifted
            self.fact(*same, when, other, after=self.later(told.witnessed, 10), sure=0.5)
        if r.random() < 0.12:
            correct = r.random() < 0.5
            kind, fields = (told.kind, dict(told.fields)) if correct else ("withdrawal", {})
            over = self.fact(
                kind, told.person, told.detention, shifted, fields,
                after=self.later(told.witnessed, 15), supersedes=told.order, dated=correct,
            )  # fmt: skip
            if r.random() < 0.5:
                self.fact(
                    "withdrawal", told.person, told.detention, day, {}, after=self.later(over.witnessed, 15),
                    supersedes=over.order, dated=False,
                )  # fmt: skip

    def person(self, person: int, others: int) -> None:
        r = self.random
        day = FIRST + timedelta(r.randint(0, 90))
        self.about(person, day)
        if r.random() < 0.15 and others > 1:
            for verdict in r.choice([["same"], ["same", "different"], ["unsure"]]):
                other = {"other": r.randrange(others), "verdict": verdict}
                if other["other"] != person:
                    self.told_with_afterthoughts("identity_judgement", person, None, day, other, dated=False)
        for _ in range(r.choice([1, 1, 1, 1, 2, 2, 3])):
            day = self.detention(person, day)
            if r.random() < 0.7:
                day += timedelta(r.choice([0, 0, 1, 5, 30]))

    def about(self, person: int, day: date) -> None:
        r = self.random
        if r.random() < 0.85:
            value = {"value": r.choice(["woman", "man", "man", "other"])}
            self.told_with_afterthoughts("sex", person, None, day, value, dated=False)
        if r.random() < 0.5:
            born = edtf_of(day - timedelta(r.choice([17, 18, 18, 30]) * 365 + r.randint(-40, 200)), r)
            self.fact("birth", person, None, day, {"born": born}, dated=False)
        if r.random() < 0.7:
            self.fact(
                "profile", person, None, day, {"value": r.choice(["civilian", "military"])}, dated=False
            )

    def told_with_afterthoughts(
        self, kind: str, person: int, detention: int | None, day: date, fields: Any, **more: Any
    ) -> None:
        self.afterthoughts(self.fact(kind, person, detention, day, fields, **more), day)

    def detention(self, person: int, day: date) -> date:
        r = self.random
        detention, self.detentions = self.detentions, self.detentions + 1
        for kind in r.choice(BEGINNINGS):
            self.told_with_afterthoughts(kind, person, detention, day + timedelta(r.choice([0, 0, 3])), {})
        if r.random() < 0.8:
            for _ in range(r.choice([1, 1, 1, 2])):
                outcome = r.choice(
                    ["recognised"] * 5 + ["recognised_retrial", "not_recognised", "under_review"]
                )
                fields = {"framework": r.choice(["foro_penal", "pace_1900"]), "outcome": outcome}
                when = day + timedelta(r.randint(0, 40))
                self.told_with_afterthoughts("recognition", person, detention, when, fields, sure=0.95)
        if r.random() < 0.2:
            when = day + timedelta(r.randint(0, 60))
            self.told_with_afterthoughts("sentence", person, detention, when, {"years": 5})
        for kind, fields in r.choice(ENDINGS):
            day += timedelta(r.choice([0, 1, 1, 2, 3, 10, 25, 60]))
            if day > LAST:
                break
            self.told_with_afterthoughts(kind, person, detention, day, dict(fields))
        return day


def possible(new: Told, before: list[Told]) -> bool:
    """Whether the register takes the fact: not in the future, no way out certainly before all ways in."""
    if new.earliest > new.witnessed.astimezone(ZONE).date().toordinal():
        return False
    gone: set[int] = set()
    for fact in sorted([*before, new], key=lambda f: (f.witnessed, f.order), reverse=True):
        if fact.supersedes is not None and fact.order not in gone:
            gone.add(fact.supersedes)
    beside = [f for f in before if f.order not in gone and f.detention == new.detention]
    ways_in = [f for f in beside if f.kind in ("arrest", "disappearance")]
    ways_out = [f for f in beside if f.kind in ("release", "death_in_custody", "escape")]
    if new.kind in ("release", "death_in_custody", "escape"):
        ways_out = [new]
    elif new.kind in ("arrest", "disappearance"):
        ways_in = [new]
    else:
        return True
    return not (ways_in and ways_out and all(o.latest < i.earliest for o in ways_out for i in ways_in))


def refuse(teller: Teller) -> None:
    """Leave out of what is told what the register would not take, and what rests on it."""
    taken: dict[int, list[Told]] = {}
    orders: set[int] = set()
    for told in sorted(teller.told, key=lambda t: (t.witnessed, t.order)):
        if told.supersedes is not None and told.supersedes not in orders:
            continue
        if possible(told, taken.get(told.person, [])):
            taken.setdefault(told.person, []).append(told)
            orders.add(told.order)
    teller.told = [told for told in teller.told if told.order in orders]


def record(teller: Teller) -> tuple[dict[int, int], dict[int, int]]:
    """Everything the teller told, in the order of known time. Returns person → pk and detention → pk."""
    refuse(teller)
    users = {user.pk: user for user in teller.users}
    deeds: list[tuple[datetime, int, int, Any]] = []
    for told in teller.told:
        deeds.append((told.witnessed, told.order, 0, told))
        for n, (at, reviewer, verdict) in enumerate(told.reviews, 1):
            deeds.append((at, told.order, n, (told, "review", reviewer, verdict)))
        for n, (at, source, verdict) in enumerate(told.attested, 100):
            deeds.append((at, told.order, n, (told, "attest", source, verdict)))
    deeds.sort(key=lambda deed: deed[:3])
    persons: dict[int, PersonHandle] = {}
    detentions: dict[int, int] = {}
    facts: dict[int, int] = {}
    with Recorder(users[teller.users[0].pk], at=deeds[0][0] - timedelta(days=90)) as rec:
        for number in sorted({told.person for told in teller.told}):
            persons[number] = rec.person()
    sources: dict[tuple[str, int], int] = {}
    for _, group in groupby(deeds, key=lambda deed: deed[0].astimezone(ZONE).date()):
        day = list(group)
        with Recorder(users[teller.on_duty(day[0][0])], at=day[0][0]) as rec:
            for at, _, _, deed in day:
                if isinstance(deed, Told):
                    facts[deed.order] = _one(rec, deed, teller, persons, detentions, facts, sources)
                    continue
                told, what, who, verdict = deed
                if what == "review":
                    rec.review(Verdict(verdict), fact=facts[told.order], reviewer=users[who], at=at)
                else:
                    rec.attest(facts[told.order], _source(rec, who, sources), Verdict(verdict), at=at)
    return {n: p.pk for n, p in persons.items()}, detentions


def _source(rec: Recorder, source: tuple[str, int], known: dict[tuple[str, int], int]) -> int:
    if source not in known:
        known[source] = rec.source(SourceKind(source[0]), label="")
    return known[source]


def _one(
    rec: Recorder, told: Told, teller: Teller, persons: Any, detentions: Any, facts: Any, sources: Any
) -> int:
    person = persons[told.person]
    detention = None
    if told.detention is not None:
        if told.detention not in detentions:
            detentions[told.detention] = rec.detention(person)
        detention = detentions[told.detention]
    fields = dict(told.fields)
    if "other" in fields:
        fields["other"] = persons[fields["other"]].code
    return rec.fact(
        told.kind, person, detention=detention, when=teller.dates[told.order], fields=fields,
        source=_source(rec, told.source, sources), declared=told.declared,
        supersedes=None if told.supersedes is None else facts[told.supersedes], at=told.witnessed,
    )  # fmt: skip
