"""From recorded facts to the figure, by the fold and the columns, against twenty lines over the facts alone.

The stories are plain on purpose (one live arrest and at most one live release for a detention, no overlap of
their dates), so that the oracle needs no chain of custody: what it counts is the design's own text.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings

from constancia.apps.figures.asking import ask
from constancia.apps.figures.counting import count
from constancia.apps.figures.snapshot import Snapshot
from tests.apps.figures.memory import MemoryReader
from tests.domain.figures.registers import seeds
from tests.domain.timeline.story import CARACAS, Story, moment
from tests.support.effort import examples

START = date(2026, 1, 1)


def iso(day: int) -> str:
    return (START + timedelta(days=day)).isoformat()


def told(random: Random, low: int, high: int) -> str:
    """A day, or a few days, from `low` to `high`."""
    first = random.randint(low, high - 3)
    return iso(first) if random.random() < 0.6 else f"{iso(first)}/{iso(first + random.randint(1, 3))}"


def story(random: Random, person: int) -> Story:
    one, after = Story(person), 0
    for number in range(random.randint(1, 2)):
        detention, known = 10 * person + number, after + random.randint(0, 25)
        arrest = one.tell("arrest", told(random, after, after + 12), known=iso(known), detention=detention)
        reviewed(random, one, arrest, known)
        if random.random() < 0.7:
            recognised = {"framework": "foro_penal", "outcome": "recognised"}
            one.tell(
                "recognition", known=iso(known + random.randint(0, 9)), detention=detention, **recognised
            )
        if random.random() < 0.3:
            later = known + random.randint(1, 15)
            other = told(random, after, after + 12)
            arrest = one.tell("arrest", other, known=iso(later), detention=detention, instead_of=arrest)
            reviewed(random, one, arrest, later)
        if random.random() < 0.3:
            return one
        known += random.randint(0, 30)  # a release known before its arrest would imply an entry
        release = one.tell(
            "release", told(random, after + 13, after + 25), known=iso(known), detention=detention
        )
        reviewed(random, one, release, known)
        if random.random() < 0.2:
            one.tell("withdrawal", known=iso(known + 4), detention=detention, instead_of=release)
        after += 26
    return one


def reviewed(random: Random, one: Story, fact: int, known: int) -> None:
    if random.random() < 0.8:
        one.review(fact, known=iso(known + random.randint(0, 10)))


def held(stories: list[Story], day: date, known: str, stay: int, recognition: bool) -> tuple[int, int, int]:
    """(value, lowest, highest) of persons held on `day` with entries and exits verified as known at noon."""
    at, counts = moment(known), [0, 0, 0]
    for one in stories:
        facts = [f for f in one.facts if f.known_at <= at]
        undone = {f.supersedes for f in facts}
        sure = {r.fact for r in one.reviews if r.known_at <= at}
        flags = [False, False, False]
        for detention in {f.detention for f in facts}:
            mine = {f.kind: f for f in facts if f.detention == detention and f.seq not in undone}
            arrest, release = mine.get("arrest"), mine.get("release")
            if arrest is None or arrest.seq not in sure or (recognition and "recognition" not in mine):
                continue
            begun = [arrest.when.day, arrest.when.latest, arrest.when.earliest]
            ended = [date.max] * 3
            if release is not None and release.seq in sure:
                ended = [release.when.day, release.when.earliest, release.when.latest]
            for which in range(3):
                inside = begun[which] + timedelta(days=stay) <= day < ended[which]
                flags[which] = flags[which] or inside
        counts = [total + flag for total, flag in zip(counts, flags, strict=True)]
    return counts[0], counts[1], counts[2]


@settings(max_examples=examples(40), deadline=None)
@given(seeds)
def test_held_is_what_the_facts_say(random):
    stories = [story(random, person) for person in range(1, 15)]
    snapshot = Snapshot(MemoryReader([row for one in stories for row in one.rows()])).refresh()
    for _ in range(8):
        day, known = START + timedelta(days=random.randint(0, 70)), iso(random.randint(0, 80))
        rule, stay, recognition = random.choice([("all_detained", 0, False), ("foro_penal", 2, True)])
        asked = ask("held", day, moment(known), zone=CARACAS, default_rule=rule)
        found = count(snapshot, asked).total
        assert (found.value, found.lowest, found.highest) == held(stories, day, known, stay, recognition)
    snapshot.close()
