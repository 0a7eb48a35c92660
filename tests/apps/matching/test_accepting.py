"""What a list records once a person has said who is who, and what it leaves alone."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.figures.queries import figure
from constancia.apps.matching import services
from constancia.apps.matching.models import Acceptance, Taken
from constancia.apps.register import queries as register
from constancia.apps.register import services as deeds
from constancia.apps.register.models import Attestation, Fact, Person, Source
from constancia.apps.register.services import FactGiven
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.matching.bringing import Why
from constancia.domain.vocabulary.terms import EntryVerdict, IdentityVerdict, ListKind, Verdict
from constancia.infra import clock
from tests.apps.matching.lists import entry, kept, same, standing
from tests.support.cast import SEEN, TOLD, NewCase, judge, on

IN, OUT = "in_custody", "out_unspecified"
FIRST, OTHER = "Onésimo Urdaneta Inventado", "Eduvigis Paredes Inventada"


def _held(user: User) -> tuple[int, int]:
    """(value, pending out) of the people held today."""
    found = figure(user, "held", rule="all_detained")
    return found["value"], found["pending_out"]


def test_a_name_on_a_list_and_a_decision_change_nobody(desk: User, case: NewCase) -> None:
    person = case(desk, FIRST)
    facts = Fact.objects.count()
    of_list = kept(desk, FIRST)
    same(desk, of_list, person)
    assert standing(desk, person) == (IN, IN)
    assert Fact.objects.count() == facts
    assert not Source.objects.filter(kind="official_list").exists()


def test_an_accepted_release_is_reported_and_waits_for_a_second_person(
    desk: User, second: User, case: NewCase
) -> None:
    person = case(desk, FIRST)
    deeds.review(second, person.facts.get(kind="arrest").pk, Verdict.CONFIRM)
    before = _held(desk)
    of_list = kept(desk, FIRST)
    same(desk, of_list, person)
    done = services.accept(desk, of_list)
    assert (done.facts, done.attested, done.cases, done.left) == (1, 0, 0, {})
    assert standing(desk, person) == (IN, OUT)
    assert _held(desk) == (before[0], before[1] + 1) == (1, 1)
    fact = person.facts.get(kind="release")
    assert (fact.fields, fact.edtf, fact.batch) == ({}, "2026-03-10", None)
    assert fact.pk in [line.seq for line in register.review_queue(second)[0]]


def test_everything_rests_on_one_source_and_on_one_recording(desk: User, case: NewCase) -> None:
    people = [case(desk, FIRST), case(desk, OTHER)]
    of_list = kept(desk, f"{FIRST}\n{OTHER}")
    for number, person in enumerate(people, start=1):
        same(desk, of_list, person, number)
    services.accept(desk, of_list)
    releases = Fact.objects.filter(kind="release")
    assert len({(fact.source_id, fact.known_at) for fact in releases}) == 1
    assert releases.count() == 2
    source = releases[0].source
    assert (source.kind, source.reliability, source.group) == ("official_list", "C", f"lista-{of_list}")


def test_what_is_accepted_later_rests_on_the_same_source(desk: User, case: NewCase) -> None:
    people = [case(desk, FIRST), case(desk, OTHER)]
    of_list = kept(desk, f"{FIRST}\n{OTHER}")
    for number, person in enumerate(people, start=1):
        same(desk, of_list, person, number)
        services.accept(desk, of_list)
    assert len(set(Fact.objects.filter(kind="release").values_list("source", flat=True))) == 1
    assert Acceptance.objects.count() == 2


def test_a_release_that_is_known_gets_a_further_source_and_no_double(desk: User, case: NewCase) -> None:
    person = case(desk, FIRST, released="2026-03-10")
    of_list = kept(desk, FIRST)
    same(desk, of_list, person)
    done = services.accept(desk, of_list)
    assert (done.facts, done.attested) == (0, 1)
    assert person.facts.filter(kind="release").count() == 1
    assert Attestation.objects.get().verdict == "confirm"


@pytest.mark.parametrize(
    ("released", "day", "why"),
    [
        ("2026-02-01", "2026-03-10", Why.OUT),
        (None, "2025-12-01", Why.BEGAN_AFTER),
    ],
)
def test_a_release_that_does_not_fit_is_left_alone(
    desk: User, case: NewCase, released: str | None, day: str, why: Why
) -> None:
    person, other = case(desk, FIRST, released=released), case(desk, OTHER, arrested="2025-11-01")
    of_list = kept(desk, f"{FIRST}\n{OTHER}", day=day)
    same(desk, of_list, person, 1)
    same(desk, of_list, other, 2)
    before = person.facts.count()
    done = services.accept(desk, of_list)
    assert (done.left, done.facts) == ({1: why}, 1)
    assert person.facts.count() == before


def test_nobody_seen_held_after_the_day_of_the_list_is_said_to_be_out(desk: User, case: NewCase) -> None:
    person = case(desk, FIRST)
    seen = FactGiven("seen_held", {"place": "Penal Inventado"}, on("2026-03-12"))
    (detention,) = register.anchor(desk, person.code).detentions
    deeds.add_facts(desk, person.code, facts=[seen], source=SEEN, detention=detention)
    of_list = kept(desk, FIRST)
    same(desk, of_list, person)
    assert services.accept(desk, of_list).left == {1: Why.SEEN_AFTER}


def test_two_entries_that_are_one_person_record_once(desk: User, case: NewCase) -> None:
    person, twin = case(desk, FIRST), case(desk, OTHER)
    judge(desk, person, twin, IdentityVerdict.SAME, "misma cédula")
    of_list = kept(desk, f"{FIRST}\n{OTHER}")
    same(desk, of_list, person, 1)
    same(desk, of_list, twin, 2)
    # Both have an open detention: which one the list means, nobody can say.
    assert services.accept(desk, of_list).left == {1: Why.SEVERAL, 2: Why.SEVERAL}
    third = case(desk, "Belisario Tovar Inventado")
    again = kept(desk, "Belisario Tovar\nTovar Belisario")
    same(desk, again, third, 1)
    same(desk, again, third, 2)
    assert services.accept(desk, again).left == {2: Why.REPEATED}


def test_an_arrest_of_somebody_who_was_out_opens_a_new_detention(desk: User, case: NewCase) -> None:
    person = case(desk, FIRST, released="2026-02-01")
    of_list = kept(desk, FIRST, ListKind.ARRESTED, place="Carora", state="lara")
    same(desk, of_list, person)
    assert services.accept(desk, of_list).facts == 1
    assert person.detentions.count() == 2
    arrest = person.facts.filter(kind="arrest").order_by("pk").last()
    assert arrest is not None
    assert arrest.fields == {"place": "Carora", "state": "lara"}


@pytest.mark.parametrize(
    ("arrested", "released", "outcome"),
    [
        ("2026-03-10", None, "attested"),
        ("2026-01-08", None, Why.OTHERWISE),
        ("2026-01-08", "2026-04-01", Why.UNCLEAR),
    ],
)
def test_an_arrest_beside_a_detention_that_is_known(
    desk: User, case: NewCase, arrested: str, released: str | None, outcome: object
) -> None:
    person = case(desk, FIRST, arrested=arrested, released=released)
    of_list = kept(desk, FIRST, ListKind.ARRESTED)
    same(desk, of_list, person)
    done = services.accept(desk, of_list)
    assert "attested" if done.attested else done.left[1] == outcome
    assert person.detentions.count() == 1


def test_a_list_of_the_held_says_where_somebody_was_seen(desk: User, case: NewCase) -> None:
    person, freed = case(desk, FIRST), case(desk, OTHER, released="2026-02-01")
    of_list = kept(desk, f"{FIRST}\n{OTHER}", ListKind.HELD, place="Penal Inventado")
    same(desk, of_list, person, 1)
    same(desk, of_list, freed, 2)
    done = services.accept(desk, of_list)
    assert (done.facts, done.left) == (1, {2: Why.OUT})
    assert person.facts.get(kind="seen_held").fields == {"place": "Penal Inventado"}


def test_a_transfer_needs_its_place(desk: User, case: NewCase) -> None:
    person = case(desk, FIRST)
    for place, expected in (("", {1: Why.NO_PLACE}), ("Penal Inventado", {})):
        of_list = kept(desk, FIRST, ListKind.TRANSFERRED, place=place, again=True)
        same(desk, of_list, person)
        assert services.accept(desk, of_list).left == expected
    assert person.facts.get(kind="transfer").fields == {"place": "Penal Inventado"}


def test_who_is_new_becomes_a_case_where_the_list_says_that_they_are_held(desk: User) -> None:
    of_list = kept(desk, FIRST, ListKind.HELD, place="Penal Inventado", state="lara")
    services.decide(desk, entry(of_list), EntryVerdict.NEW)
    assert not Person.objects.exists()
    assert services.accept(desk, of_list).cases == 1
    person = Person.objects.get()
    assert register.case(desk, person.code).name == FIRST
    assert person.region == "lara"
    assert sorted(person.facts.values_list("kind", flat=True)) == ["name", "seen_held"]


def test_who_is_new_on_a_list_of_releases_makes_no_case(desk: User) -> None:
    of_list = kept(desk, FIRST)
    services.decide(desk, entry(of_list), EntryVerdict.NEW)
    assert services.accept(desk, of_list).left == {1: Why.NOT_HERE}
    assert not Person.objects.exists()
    assert not Acceptance.objects.exists()


def test_one_that_fails_takes_all_with_it(desk: User, case: NewCase, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [case(desk, FIRST), case(desk, OTHER)]
    of_list = kept(desk, f"{FIRST}\n{OTHER}")
    for number, person in enumerate(people, start=1):
        same(desk, of_list, person, number)

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Taken.objects, "bulk_create", broken)
    with pytest.raises(RuntimeError):
        services.accept(desk, of_list)
    assert not Fact.objects.filter(kind="release").exists()
    assert not Acceptance.objects.exists()


def test_what_was_proposed_and_left_ticked_is_decided_and_recorded_at_once(desk: User, case: NewCase) -> None:
    person = case(desk, FIRST)
    of_list = kept(desk, FIRST)
    services.accept(desk, of_list, proposed={entry(of_list): person.code}, threshold=0.95)
    made = Acceptance.objects.get()
    assert (made.threshold, made.accepted_by) == (0.95, desk)
    assert standing(desk, person) == (IN, OUT)


def test_nobody_is_proposed_again_who_was_said_to_be_another(desk: User, case: NewCase) -> None:
    person = case(desk, FIRST)
    of_list = kept(desk, FIRST)
    services.decide(desk, entry(of_list), EntryVerdict.DIFFERENT, code=person.code)
    with pytest.raises(InputRefused, match=r"list\.changed"):
        services.accept(desk, of_list, proposed={entry(of_list): person.code}, threshold=0.9)
    assert standing(desk, person) == (IN, IN)


def test_entries_of_another_list_are_refused_whole(desk: User, case: NewCase) -> None:
    person = case(desk, FIRST)
    of_list, other = kept(desk, FIRST), kept(desk, OTHER)
    same(desk, of_list, person)
    with pytest.raises(InputRefused, match=r"list\.(changed|not_of_it)"):
        services.accept(desk, of_list, entries=[entry(of_list), entry(other)])
    assert not Fact.objects.filter(kind="release").exists()


def test_who_only_sends_lists_accepts_none(lara: User, volunteer: User, desk: User) -> None:
    for sender in (lara, volunteer):
        of_list = kept(sender, FIRST, again=True)
        with pytest.raises(NotAllowed):
            services.accept(sender, of_list)
        with pytest.raises(NotAllowed):
            services.decide(sender, entry(of_list), EntryVerdict.NEW)


def test_a_disputed_release_is_for_a_person_to_look_at(desk: User, second: User, case: NewCase) -> None:
    person = case(desk, FIRST, released="2026-03-10")
    deeds.review(second, person.facts.get(kind="release").pk, Verdict.DOUBT)
    of_list = kept(desk, FIRST)
    same(desk, of_list, person)
    assert services.accept(desk, of_list).left == {1: Why.DISPUTED}


def test_a_release_before_a_birthday_of_the_register_is_refused_alone(desk: User, case: NewCase) -> None:
    person = case(desk, FIRST, more=(FactGiven("birth", {"born": "2026-01-01"}),))
    of_list = kept(desk, FIRST, ListKind.ARRESTED, day="2025-12-24")
    deeds.withdraw(desk, person.facts.get(kind="arrest").pk, "error")
    same(desk, of_list, person)
    assert services.accept(desk, of_list).left == {1: Why.IMPOSSIBLE}


def test_a_list_about_a_day_to_come_is_refused(desk: User) -> None:
    with pytest.raises(InputRefused, match=r"list\.day_ahead"):
        kept(desk, FIRST, day=date(clock.now().year + 1, 1, 1).isoformat())


def test_what_a_relative_told_and_the_list_confirms_is_still_only_reported(desk: User, case: NewCase) -> None:
    person = case(desk, FIRST)
    (detention,) = register.anchor(desk, person.code).detentions
    told = FactGiven("release", {}, on("2026-03-10"))
    deeds.add_facts(desk, person.code, facts=[told], source=TOLD, detention=detention)
    of_list = kept(desk, FIRST)
    same(desk, of_list, person)
    assert services.accept(desk, of_list).attested == 1
    assert standing(desk, person) == (IN, OUT)
