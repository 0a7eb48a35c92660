"""A coordinator finds what the whole register would give less what is not theirs, however it is looked up."""

from __future__ import annotations

from importlib import import_module
from random import Random

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.register import likeness, models, queries, services
from constancia.apps.register.access import only_visible, visible
from constancia.apps.register.likeness.asking import seen_by
from constancia.apps.register.queries import Filters
from constancia.apps.register.services import FactGiven
from constancia.domain.matching.shapes import Mention
from tests.apps.erasure.test_erasing import erase
from tests.support.cast import SEEN, NewCase, on

pytestmark = pytest.mark.django_db
WORDS = ("Inventada", "Imaginada", "Fingida")


@pytest.fixture
def people(desk: User, second: User, case: NewCase) -> None:
    random = Random(11)
    for number in range(18):
        state = random.choice(("lara", "zulia", "miranda"))
        released = random.choice((None, None, "2026-02-03"))
        case(desk, f"Persona {random.choice(WORDS)} {number}", state=state, released=released)
    for person in models.Person.objects.order_by("pk")[:20:5]:
        told = FactGiven("transfer", {"state": "zulia"}, on("2026-02-01"))
        services.add_facts(desk, person.code, facts=[told], source=SEEN, detention=person.detentions.get().pk)
    for person in list(models.Person.objects.order_by("pk")[1:20:6]):
        erase(desk, second, person.code)


@pytest.fixture
def both(db: None, lara: User, zulia: User) -> User:
    zulia.regions = ["lara", "zulia"]
    zulia.save()
    return zulia


def all_of(user: User, text: str, filters: Filters) -> list[int]:
    pages = [queries.search(user, text, filters, page, 7) for page in range(1, 6)]
    return [line.pk for page in pages for line in page.lines]


ASKED = (Filters(), Filters(custody="in_custody"), Filters(state="zulia"))


def test_lists_searches_and_totals_are_those_of_the_desk_without_other_regions(
    desk: User, lara: User, both: User, people: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for few in (0, 1_000):
        monkeypatch.setattr(import_module("constancia.apps.register.queries.search"), "FEW", few)
        for user in (lara, both):
            mine = set(visible(user).values_list("pk", flat=True))
            assert mine == seen_by(user)
            assert len(mine) < models.Person.objects.count()
            for filters in ASKED:
                for text in ("", "Inventada", "persona ima", "lara"):
                    expected = [pk for pk in all_of(desk, text, filters) if pk in mine]
                    assert all_of(user, text, filters) == expected, (few, filters, text)
                assert queries.search(user, "", filters).total == len(all_of(user, "", filters))


def test_rows_of_every_table_are_confined_alike(
    desk: User, lara: User, both: User, lawyer: User, volunteer: User, people: None
) -> None:
    services.assign(desk, models.Person.objects.order_by("-pk")[0].code, lawyer, active=True)
    for user in (lara, both, lawyer, volunteer):
        for table in (models.CaseCard, models.PendingReview, models.CaseRegion):
            rows = table.objects.order_by("pk")
            confined = set(only_visible(rows, user).values_list("pk", flat=True))
            assert confined == set(rows.filter(person__in=visible(user)).values_list("pk", flat=True))


def test_whom_a_name_may_mean_follows_every_recording(desk: User, lara: User, case: NewCase) -> None:
    case(desk, "Una Inventada", state="lara")
    before = likeness.match(desk, [Mention("Yusmary Peña")])[0].candidates
    person = case(desk, "Yusmary Peña", state="zulia")
    assert not before
    assert [one.key for one in likeness.match(desk, [Mention("Yusmary Peña")])[0].candidates] == [person.pk]
    assert not likeness.match(lara, [Mention("Yusmary Peña")])[0].candidates
