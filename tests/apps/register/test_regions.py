"""The regions of the cases within reach: what is remembered of them is what looking everywhere finds."""

from __future__ import annotations

from random import Random

import pytest
from django.db import transaction

from constancia.apps.accounts.models import User
from constancia.apps.register import maintenance, models, queries, services
from constancia.apps.register.access import visible
from constancia.apps.register.queries import regions
from constancia.apps.register.services import FactGiven
from tests.apps.erasure.test_erasing import erase
from tests.support.cast import SEEN, NewCase, on

pytestmark = pytest.mark.django_db(transaction=True)
STATES = ("lara", "zulia", "mérida", "miranda")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    regions.forget()


def everywhere(user: User) -> list[str]:
    found = models.CaseRegion.objects.filter(person__in=visible(user))
    return sorted(set(found.values_list("region", flat=True)) - {""})


def withdrawn_or_moved(random: Random, desk: User) -> None:
    """Something happens to somebody: held elsewhere, or what was said of them is taken back."""
    facts = models.Fact.objects.exclude(kind="withdrawal")
    taken_back = models.Fact.objects.filter(supersedes__isnull=False).values("supersedes")
    fact = random.choice(list(facts.filter(kind="arrest").exclude(pk__in=taken_back)) or [None])
    if fact is not None and random.random() < 0.5:
        services.withdraw(desk, fact.pk, "una prueba")
    elif (person := models.Person.objects.order_by("?").first()) is not None:
        told = FactGiven("transfer", {"state": random.choice(STATES)}, on("2026-02-01"))
        services.add_facts(desk, person.code, facts=[told], source=SEEN, detention=person.detentions.get().pk)


def test_in_any_history_everybody_is_shown_the_regions_of_their_cases_and_no_others(
    desk: User, lara: User, zulia: User, lawyer: User, case: NewCase
) -> None:
    random = Random(5)
    for step in range(14):
        if step % 3 == 0:
            case(desk, "Una Inventada", state=random.choice(STATES))
        else:
            withdrawn_or_moved(random, desk)
        for user in (desk, lara, zulia, lawyer):
            assert queries.regions_of_cases(user) == everywhere(user), (step, user)


def test_a_region_is_gone_with_the_last_case_of_it_that_was_erased(
    desk: User, second: User, case: NewCase
) -> None:
    case(desk, "Una Inventada", state="lara")
    gone = case(desk, "Otra Inventada", state="zulia")
    assert queries.regions_of_cases(desk) == ["lara", "zulia"]
    erase(desk, second, gone.code)
    assert queries.regions_of_cases(desk) == ["lara"]


def test_what_is_rolled_back_is_not_remembered_and_what_takes_its_number_is_seen(
    desk: User, case: NewCase
) -> None:
    case(desk, "Una Inventada", state="lara")
    assert queries.regions_of_cases(desk) == ["lara"]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        case(desk, "Otra Inventada", state="zulia")
        assert queries.regions_of_cases(desk) == ["lara", "zulia"]
        raise ZeroDivisionError
    case(desk, "Otra Inventada", state="miranda")
    assert queries.regions_of_cases(desk) == ["lara", "miranda"]


def test_what_is_derived_anew_is_looked_at_anew(desk: User, lara: User, case: NewCase) -> None:
    case(desk, "Una Inventada", state="lara")
    case(desk, "Otra Inventada", state="zulia")
    before = [queries.regions_of_cases(user) for user in (desk, lara)]
    maintenance.rebuild()
    assert (
        [queries.regions_of_cases(user) for user in (desk, lara)] == before == [["lara", "zulia"], ["lara"]]
    )
