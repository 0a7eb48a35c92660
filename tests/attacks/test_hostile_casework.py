"""Rows 33 to 35: names, dates and persons as clumsy or hostile people enter them."""

from __future__ import annotations

import threading
import unicodedata

import pytest
from django.db import connections

from constancia.apps.accounts.models import User
from constancia.apps.matching.duplicates import services as duplicates
from constancia.apps.register import maintenance
from constancia.apps.register.identity import counted_as
from constancia.apps.register.models import Fact, Person
from constancia.apps.register.queries.names import names_of
from constancia.apps.register.queries.near import to_be_asked_about
from constancia.domain.errors import FactRefused
from constancia.domain.matching.shapes import Mention
from constancia.domain.vocabulary.terms import IdentityVerdict
from tests.support.cast import NewCase

EVIL = [
    "<script>alert(1)</script> Peña",
    '=HYPERLINK("http://x.example")',
    "' OR 1=1 --",
    'NEAR( " * ^',
    "Zoé 🕊 Núñez",
    "e" + "\u0301" * 3 + " Peña",
]


@pytest.mark.django_db
@pytest.mark.parametrize("name", EVIL)
def test_row_33_odd_names_are_kept_as_written_or_refused_and_found_again(
    desk: User, case: NewCase, name: str
) -> None:
    try:
        person = case(desk, name)
    except FactRefused:
        assert Person.objects.count() == 0
        return
    assert names_of(desk, [person.pk]) == {person.pk: unicodedata.normalize("NFC", name)}
    assert maintenance.fsck().clean


@pytest.mark.django_db
def test_row_33_a_name_with_letters_of_another_script_is_asked_about_as_its_double(
    desk: User, case: NewCase
) -> None:
    case(desk, "Onésimo Urdaneta Paredes")
    # Cyrillic а and е in the place of the Latin letters.
    disguised = "Onésimo Urdаnеta Pаrеdes"
    (asked,) = to_be_asked_about(desk, Mention(disguised))
    assert asked.case.name == "Onésimo Urdaneta Paredes"
    assert to_be_asked_about(desk, Mention("Zoila Inventada")) == []  # the control


@pytest.mark.django_db(transaction=True)
def test_row_35_two_regions_that_enter_the_same_person_at_once_make_two_cases_that_are_then_one(
    desk: User, second: User, lara: User, zulia: User, case: NewCase
) -> None:
    together, failed = threading.Barrier(2), []

    def enter(user: User, state: str) -> None:
        try:
            together.wait()
            case(user, "Onésimo Urdaneta", state=state)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    each = [threading.Thread(target=enter, args=one) for one in ((lara, "lara"), (zulia, "zulia"))]
    for one in each:
        one.start()
    for one in each:
        one.join()
    assert failed == []
    assert Person.objects.count() == 2
    seqs = list(Fact.objects.values_list("seq", flat=True))
    assert len(set(seqs)) == len(seqs)
    one, two = (person.code for person in Person.objects.order_by("pk"))
    assert heads() == 2
    said = duplicates.judge(desk, one, two, IdentityVerdict.SAME, "misma persona, dos estados")
    assert heads() == 1
    duplicates.undo(second, said)
    assert heads() == 2
    assert Fact.objects.filter(kind="identity_judgement").count() == 1  # nothing is taken out of the history
    assert maintenance.fsck().clean


def heads() -> int:
    """How many people those entered count as now."""
    people = list(Person.objects.values_list("pk", flat=True))
    found, _ = counted_as(people)
    return len({next(reversed(found[one].values()), one) if one in found else one for one in people})
