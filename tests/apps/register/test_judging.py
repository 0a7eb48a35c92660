"""Judgements that contradict each other: refused when recorded, and of no harm where they stand anyway."""

from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.register import maintenance, queries, services
from constancia.apps.register.identity import counted_as, judged
from constancia.apps.register.models import Fact, Person
from constancia.domain.errors import FactRefused, NotAllowed, NotFound
from constancia.domain.matching.clusters import Standing
from constancia.domain.vocabulary.terms import IdentityVerdict
from constancia.infra import clock
from tests.support.cast import TOLD, NewCase, judge

pytestmark = pytest.mark.django_db
SAME, DIFFERENT, UNSURE = IdentityVerdict.SAME, IdentityVerdict.DIFFERENT, IdentityVerdict.UNSURE
Three = tuple[Person, Person, Person]


@pytest.fixture
def three(desk: User, case: NewCase) -> Three:
    names = ("Onésimo Urdaneta", "Onesimo Urdaneta", "Onésimo Urdanetta")
    one, two, three = (case(desk, name) for name in names)
    return one, two, three


def clusters(*people: Person) -> list[set[int]]:
    now = judged()
    return [set(now.cluster(person.pk)) for person in people]


def test_a_same_through_a_third_is_refused_where_the_two_were_judged_different(
    desk: User, three: Three
) -> None:
    one, two, other = three
    judge(desk, one, two, SAME, "mismo documento")
    parted = judge(desk, one, other, DIFFERENT, "otra cédula")
    before = Fact.objects.count()
    with pytest.raises(FactRefused, match=r"identity\.parted") as refused:
        judge(desk, two, other, SAME, "se parecen")
    assert refused.value.params == {"one": one.code, "other": other.code, "fact": parted}
    assert Fact.objects.count() == before
    assert clusters(one, two, other) == [{one.pk, two.pk}, {one.pk, two.pk}, {other.pk}]
    services.withdraw(desk, parted, "era un error")
    judge(desk, two, other, SAME, "se parecen")
    assert clusters(other) == [{one.pk, two.pk, other.pk}]


def test_the_very_pair_that_was_judged_different_is_not_judged_the_same(desk: User, three: Three) -> None:
    one, two, _ = three
    judge(desk, one, two, DIFFERENT, "padre e hijo")
    with pytest.raises(FactRefused, match=r"identity\.parted$"):
        judge(desk, two, one, SAME, "se parecen")


def test_a_different_is_never_refused_and_the_same_said_first_is_kept(desk: User, three: Three) -> None:
    one, two, other = three
    judge(desk, two, other, SAME, "mismo documento")
    judge(desk, one, two, SAME, "misma familia")
    judge(desk, one, other, DIFFERENT, "otra cédula")
    assert clusters(one, two) == [{one.pk}, {two.pk, other.pk}]
    mapping, _ = counted_as([one.pk, two.pk, other.pk])
    assert list(mapping[one.pk].values()) == []
    assert list(mapping[two.pk].values()) == [one.pk, two.pk]
    assert list(mapping[other.pk].values()) == [two.pk, one.pk, two.pk]
    assert maintenance.fsck().clean


def test_bringing_a_same_back_is_refused_once_a_different_stands_between(desk: User, three: Three) -> None:
    one, two, other = three
    first = judge(desk, one, two, SAME, "misma familia")
    judge(desk, two, other, SAME, "mismo documento")
    withdrawal = services.withdraw(desk, first, "por error")
    judge(desk, one, other, DIFFERENT, "otra cédula")
    with pytest.raises(FactRefused, match=r"identity\.parted$"):
        services.withdraw(desk, withdrawal, "no era error")
    assert clusters(one) == [{one.pk}]


def test_correcting_a_doubt_into_a_same_is_held_to_the_same_rule(desk: User, three: Three) -> None:
    one, two, other = three
    judge(desk, one, two, SAME, "misma familia")
    judge(desk, one, other, DIFFERENT, "otra cédula")
    doubt = judge(desk, two, other, UNSURE, "no se ve")
    given = services.FactGiven("identity_judgement", {"other": other.code, "verdict": "same", "reason": "sí"})
    with pytest.raises(FactRefused, match=r"identity\.parted$"):
        services.correct(desk, doubt, given, TOLD)
    assert judged().on(two.pk, other.pk) is Standing.UNSURE


def test_whoever_does_not_see_the_one_who_is_different_is_told_no_code(
    desk: User, lara: User, case: NewCase
) -> None:
    one, two = case(desk, "Onésimo Urdaneta"), case(desk, "Onesimo Urdaneta")
    hidden = case(desk, "Onésimo Urdanetta", state="zulia")
    judge(desk, one, hidden, SAME, "mismo documento")
    judge(desk, hidden, two, DIFFERENT, "otra cédula")
    with pytest.raises(FactRefused, match=r"identity\.parted_elsewhere") as refused:
        services.judge(lara, one.code, two.code, SAME, "se parecen")
    assert refused.value.params == {}


def test_a_judgement_on_somebody_unseen_cannot_be_taken_back(desk: User, lara: User, case: NewCase) -> None:
    one, hidden = case(desk, "Onésimo Urdaneta"), case(desk, "Onésimo Urdanetta", state="zulia")
    fact = judge(desk, one, hidden, SAME, "mismo documento")
    with pytest.raises(NotFound):
        services.withdraw(lara, fact, "no")
    given = services.FactGiven("identity_judgement", {"other": one.code, "verdict": "unsure"})
    with pytest.raises(NotFound):
        services.correct(lara, fact, given, TOLD)
    assert clusters(one) == [{one.pk, hidden.pk}]


def test_judging_takes_the_right_to_review(desk: User, volunteer: User, three: Three) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        services.judge(volunteer, three[0].code, three[1].code, SAME, "sí")


def test_the_same_is_not_said_twice(desk: User, three: Three) -> None:
    one, two, _ = three
    services.judge(desk, one.code, two.code, UNSURE, "")
    with pytest.raises(FactRefused, match=r"identity\.already"):
        services.judge(desk, two.code, one.code, UNSURE, "")
    services.judge(desk, two.code, one.code, SAME, "mismo documento")
    with pytest.raises(FactRefused, match=r"identity\.same_code"):
        services.judge(desk, two.code, two.code, SAME, "él mismo")


def test_a_case_shows_with_whom_it_is_counted_and_what_was_set_aside(
    desk: User, lara: User, case: NewCase
) -> None:
    one, two = case(desk, "Onésimo Urdaneta"), case(desk, "Onesimo Urdaneta")
    hidden = case(desk, "Onésimo Urdanetta", state="zulia")
    before = clock.now()
    first = judge(desk, one, two, SAME, "misma familia")
    judge(desk, hidden, two, SAME, "mismo documento")
    found = queries.case(desk, two.code).together
    assert (found.head, next((o.code, o.fact, o.of) for o in found.others)) == (
        one.code,
        (one.code, first, one.code),
    )
    assert (len(found.others), found.unseen) == (2, 0)
    theirs = queries.case(lara, two.code).together
    assert ([other.code for other in theirs.others], theirs.unseen) == ([one.code], 1)
    assert queries.case(lara, one.code).together.head == ""
    assert queries.case(desk, two.code, known_at=before).together.others == ()
    parted = judge(desk, one, hidden, DIFFERENT, "otra cédula")
    (aside,) = queries.case(desk, two.code).together.set_aside
    assert (aside.with_, aside.different, aside.one, aside.other) == (
        hidden.code,
        parted,
        one.code,
        hidden.code,
    )
    (aside,) = queries.case(lara, two.code).together.set_aside
    assert (aside.with_, aside.other) == ("", "")


def test_whoever_is_counted_under_a_case_of_another_region_is_not_told_its_code(
    desk: User, lara: User, case: NewCase
) -> None:
    hidden = case(desk, "Onésimo Urdanetta", state="zulia")
    mine = case(desk, "Onésimo Urdaneta")
    judge(desk, mine, hidden, SAME, "mismo documento")
    assert queries.case(lara, mine.code).counted_as == ""
    assert queries.case(desk, mine.code).counted_as == hidden.code
