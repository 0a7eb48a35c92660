"""A merge is a judgement: counted once from the day it is known, undone exactly, and the past stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.figures import queries as figures
from constancia.apps.matching.duplicates import services
from constancia.apps.register import maintenance
from constancia.apps.register import services as register
from constancia.apps.register.models import Fact, Person
from constancia.domain.vocabulary.terms import IdentityVerdict, Verdict
from constancia.infra import clock
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 2, 1, 12, tzinfo=UTC)
AS_OF = date(2026, 3, 1)
ALL = ("held", "released", "arrested", "under_measures")


def hour(number: int) -> datetime:
    return BEGAN + timedelta(hours=number)


def counted(user: User, known_at: datetime) -> dict[str, Any]:
    """Every figure and a series, without the instants at which they were asked for."""
    found: dict[str, Any] = {}
    for name in ALL:
        start = None if name in ("held", "under_measures") else date(2026, 1, 1)
        told = figures.figure(user, name, AS_OF, known_at, "all_detained", by=("sex", "state"), start=start)
        found[name] = {key: told[key] for key in ("value", "lowest", "highest", "by")}
    return found


@pytest.fixture
def twice(desk: User, second: User, case: NewCase) -> tuple[Person, Person]:
    """The same arrest recorded twice, and the same release; and somebody else."""
    with clock.frozen(hour(0)):
        one = case(desk, "Onésimo Urdaneta", arrested="2026-01-08", released="2026-01-20")
        two = case(desk, "Onesimo Urdaneta", arrested="2026-01-09", released="2026-01-20")
        case(desk, "Zoila Inventada")
        for seq in Fact.objects.values_list("seq", flat=True):
            register.review(second, seq, Verdict.CONFIRM)
    return one, two


def test_row_35_the_same_arrest_and_release_recorded_twice_count_once_from_the_judgement_on(
    desk: User, twice: tuple[Person, Person]
) -> None:
    one, two = twice
    before = counted(desk, hour(1))
    assert {name: found["value"] for name, found in before.items()} == {
        "held": 1, "released": 2, "arrested": 3, "under_measures": 2,
    }  # fmt: skip
    with clock.frozen(hour(2)):
        fact = services.judge(desk, one.code, two.code, IdentityVerdict.SAME, "misma cédula")
    merged = counted(desk, hour(3))
    assert {name: found["value"] for name, found in merged.items()} == {
        "held": 1, "released": 1, "arrested": 2, "under_measures": 1,
    }  # fmt: skip
    assert counted(desk, hour(1)) == before
    with clock.frozen(hour(4)):
        services.undo(desk, fact)
    assert counted(desk, hour(5)) == before
    assert counted(desk, hour(3)) == merged
    assert counted(desk, hour(1)) == before
    assert maintenance.fsck().clean


def test_overlapping_stays_of_one_person_are_held_until_the_last_of_them_ends(
    desk: User, second: User, case: NewCase
) -> None:
    """One of the two entries still says held: nobody is counted out because of the other."""
    with clock.frozen(hour(0)):
        out = case(desk, "Onésimo Urdaneta", released="2026-01-20")
        still = case(desk, "Onesimo Urdaneta")
        for seq in Fact.objects.values_list("seq", flat=True):
            register.review(second, seq, Verdict.CONFIRM)
        services.judge(desk, out.code, still.code, IdentityVerdict.SAME, "misma cédula")
    found = counted(desk, hour(1))
    assert (found["held"]["value"], found["arrested"]["value"], found["released"]["value"]) == (1, 1, 1)


def test_the_balance_says_merged_and_after_undoing_split(desk: User, second: User, case: NewCase) -> None:
    with clock.frozen(hour(0)):
        one, two = case(desk, "Onésimo Urdaneta"), case(desk, "Onesimo Urdaneta")
        for seq in Fact.objects.values_list("seq", flat=True):
            register.review(second, seq, Verdict.CONFIRM)
    with clock.frozen(hour(2)):
        fact = services.judge(desk, one.code, two.code, IdentityVerdict.SAME, "misma cédula")
    with clock.frozen(hour(4)):
        services.undo(desk, fact)

    def moved(opening: int, closing: int) -> tuple[int, dict[str, int], dict[str, int], int]:
        found = figures.balance(desk, AS_OF, hour(opening), AS_OF, hour(closing), "all_detained")
        came, went = (
            {cause: term["value"] for cause, term in found[side]["causes"].items() if term["value"]}
            for side in ("in", "out")
        )
        return found["opening"], came, went, found["closing"]

    assert moved(1, 3) == (2, {}, {"merged_or_split": 1}, 1)
    assert moved(3, 5) == (1, {"merged_or_split": 1}, {}, 2)
    assert moved(1, 5) == (2, {}, {}, 2)
