"""What is derived can be rebuilt exactly, and fsck notices when it was touched."""

from __future__ import annotations

import pytest
from django.db import connection

from constancia.apps.accounts.models import User
from constancia.apps.register import deriving, maintenance, services
from constancia.apps.register.models import Fact, State
from constancia.domain.vocabulary.terms import IdentityVerdict, Verdict
from tests.support.cast import NewCase, judge

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived(desk: User, second: User, case: NewCase) -> None:
    """A register with a release, a review, a merge and a withdrawal."""
    one = case(desk, "Onésimo Urdaneta", released="2026-02-01")
    other = case(desk, "Onesimo Urdaneta")
    release = Fact.objects.get(person=one, kind="release")
    services.review(second, release.seq, Verdict.CONFIRM)
    judge(desk, one, other, IdentityVerdict.SAME, "misma persona")
    third = case(desk, "Yusmary Peña", state="zulia")
    services.withdraw(desk, Fact.objects.get(person=third, kind="arrest").seq, "error")


@pytest.mark.usefixtures("lived")
def test_what_was_derived_step_by_step_is_what_is_derived_at_once() -> None:
    assert maintenance.fsck().clean


@pytest.mark.usefixtures("lived")
def test_fsck_notices_a_state_row_that_was_altered() -> None:
    State.objects.filter(pk=State.objects.first().pk).update(end_day=1)
    found = maintenance.fsck()
    assert found.differences == {"states": 2}
    maintenance.rebuild()
    assert maintenance.fsck().clean


@pytest.mark.usefixtures("lived")
def test_fsck_notices_a_search_entry_that_was_altered() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE register_search SET others = 'nada'")
    assert "search" in maintenance.fsck().differences


@pytest.mark.usefixtures("lived")
def test_fsck_leaves_no_trace() -> None:
    before = list(State.objects.order_by("pk").values_list("pk", flat=True))
    maintenance.fsck()
    assert list(State.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_what_is_searched_of_a_person_does_not_depend_on_the_order_of_a_set() -> None:
    """The order of a set of states differs from one run of the program to the next."""
    one, other = (
        deriving._document(1, "código", [], states) for states in (["zulia", "lara"], ["lara", "zulia"])
    )
    assert one == other
