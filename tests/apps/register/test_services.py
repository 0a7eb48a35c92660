"""What people do to the register, deed by deed."""

from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.register import queries, services
from constancia.apps.register.models import CaseCard, Fact, PendingReview, Person, State
from constancia.apps.register.services import FactGiven
from constancia.domain.errors import FactRefused, InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.terms import IdentityVerdict, Verdict
from tests.support.cast import SEEN, TOLD, NewCase, judge, on

pytestmark = pytest.mark.django_db


def _fact(person: Person, kind: str) -> int:
    return int(Fact.objects.filter(person=person, kind=kind).order_by("-seq").first().seq)


def test_a_release_seen_by_our_lawyer_is_verified_once_a_second_person_confirms(
    desk: User, second: User, case: NewCase
) -> None:
    person = case(desk, "Onésimo Urdaneta", released="2026-02-01")
    assert CaseCard.objects.get(pk=person.pk).custody == "in_custody"
    services.review(second, _fact(person, "release"), Verdict.CONFIRM)
    assert CaseCard.objects.get(pk=person.pk).custody == "out_under_measures"


def test_a_retraction_brings_the_grade_down_again(desk: User, second: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta", released="2026-02-01")
    services.review(second, _fact(person, "release"), Verdict.CONFIRM)
    services.review(second, _fact(person, "release"), Verdict.RETRACT)
    assert CaseCard.objects.get(pk=person.pk).custody == "in_custody"


def test_whoever_recorded_a_fact_cannot_review_it(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta")
    with pytest.raises(FactRefused, match=r"review\.own_fact"):
        services.review(desk, _fact(person, "arrest"), Verdict.CONFIRM)


def test_what_waits_for_review_leaves_the_queue_when_reviewed(
    desk: User, second: User, case: NewCase
) -> None:
    person = case(desk, "Onésimo Urdaneta")
    assert PendingReview.objects.count() == 1
    services.review(second, _fact(person, "arrest"), Verdict.CONFIRM)
    assert PendingReview.objects.count() == 0


def test_a_correction_supersedes_and_the_old_fact_stays(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta")
    old = _fact(person, "arrest")
    new = services.correct(desk, old, FactGiven("arrest", {"state": "zulia"}, on("2026-01-09")), TOLD)
    assert Fact.objects.get(pk=new).supersedes_id == old
    assert Fact.objects.filter(pk=old).exists()
    assert CaseCard.objects.get(pk=person.pk).state == "zulia"
    with pytest.raises(FactRefused, match=r"fact\.already_superseded"):
        services.withdraw(desk, old, "otra vez")


def test_row_35_withdrawing_a_withdrawal_brings_the_fact_back(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta", released="2026-02-01")
    taken = services.withdraw(desk, _fact(person, "release"), "era otra persona")
    assert CaseCard.objects.get(pk=person.pk).reported_custody == "in_custody"
    services.withdraw(desk, taken, "sí era")
    assert CaseCard.objects.get(pk=person.pk).reported_custody == "out_under_measures"


def test_a_withdrawal_without_a_reason_is_refused(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta")
    with pytest.raises(FactRefused, match=r"fact\.withdrawal_needs_reason"):
        services.withdraw(desk, _fact(person, "arrest"), "  ")


def test_a_volunteer_records_and_cannot_review(volunteer: User, desk: User, case: NewCase) -> None:
    case(volunteer, "Onésimo Urdaneta")
    with pytest.raises(NotAllowed):
        services.review(volunteer, _fact(case(desk, "Otra Persona"), "arrest"), Verdict.CONFIRM)


def test_a_case_of_another_region_does_not_exist_for_a_coordinator(
    zulia: User, desk: User, case: NewCase
) -> None:
    person = case(desk, "Onésimo Urdaneta", state="lara")
    with pytest.raises(NotFound, match=r"case\.not_found"):
        services.add_facts(zulia, person.code, facts=[FactGiven("sex", {"value": "man"})], source=TOLD)
    with pytest.raises(NotFound, match=r"fact\.not_found"):
        services.review(zulia, _fact(person, "arrest"), Verdict.CONFIRM)


def test_two_people_judged_the_same_are_counted_once_and_parted_again(desk: User, case: NewCase) -> None:
    one, other = case(desk, "Onésimo Urdaneta"), case(desk, "Onesimo Urdaneta")
    judgement = judge(desk, one, other, IdentityVerdict.SAME, "misma cédula")
    counted = set(State.objects.filter(known_to=2**62).values_list("person", flat=True))
    assert counted == {min(one.pk, other.pk)}
    withdrawal = services.withdraw(desk, judgement, "eran hermanos")
    counted = set(State.objects.filter(known_to=2**62).values_list("person", flat=True))
    assert counted == {one.pk, other.pk}
    services.withdraw(desk, withdrawal, "eran la misma persona")
    counted = set(State.objects.filter(known_to=2**62).values_list("person", flat=True))
    assert counted == {min(one.pk, other.pk)}


@pytest.mark.parametrize("name", ["", "a\x00b", "abc\u202edef", "x" * 10_000])
def test_a_name_that_is_no_name_is_refused_and_nothing_is_recorded(
    desk: User, case: NewCase, name: str
) -> None:
    with pytest.raises(InputRefused):
        case(desk, name)
    assert not Person.objects.exists()


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=HYPERLINK()", "' OR 1=1", 'NEAR( " * ^'])
def test_row_33_a_name_that_looks_like_an_attack_is_kept_as_written(
    desk: User, case: NewCase, name: str
) -> None:
    person = case(desk, name)
    assert person.code


def test_facts_come_with_a_source_that_the_services_record(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta", source=SEEN)
    assert set(Fact.objects.filter(person=person).values_list("source__kind", flat=True)) == {"own_lawyer"}


def test_a_judgement_of_identity_rests_on_the_source_that_was_given(desk: User, case: NewCase) -> None:
    one, other = case(desk, "Onésimo Urdaneta"), case(desk, "Onesimo Urdaneta")
    seq = judge(desk, one, other, IdentityVerdict.SAME, "lo dice")
    assert Fact.objects.get(pk=seq).source.kind == "relative"


def test_whoever_a_fact_names_is_named_by_the_code_and_to_be_seen_by_who_records_it(
    lara: User, desk: User, case: NewCase
) -> None:
    one, twin = case(desk, "Onésimo Urdaneta", state="lara"), case(desk, "Onesimo Urdaneta", state="lara")
    hidden = case(desk, "Onésimo Urdanetta", state="zulia")
    judgement = judge(lara, one, twin, IdentityVerdict.SAME, "misma cédula")

    def of(other: str, kind: str = "identity_judgement", **more: str) -> FactGiven:
        return FactGiven(kind, {"other": other, **(more or {"verdict": "same", "reason": "lo dice"})})

    for given in (of(hidden.code), of(hidden.code, "relation", relation="hermano")):
        with pytest.raises(NotFound, match=r"case\.not_found"):
            services.add_facts(lara, one.code, facts=[given], source=TOLD)
    with pytest.raises(NotFound, match=r"case\.not_found"):
        services.correct(lara, judgement, of(hidden.code), TOLD)
    with pytest.raises(FactRefused, match=r"identity\.same_code"):
        services.correct(lara, judgement, of(one.code), TOLD)
    corrected = services.correct(lara, judgement, of(twin.code.lower()), TOLD)
    assert Fact.objects.get(pk=corrected).fields["other"] == twin.code


def test_an_account_of_events_keeps_its_length_and_its_lines(desk: User, case: NewCase) -> None:
    text = "Lo llevaron de noche.\nNadie dijo adónde.\n" + "Volvieron al otro día. " * 200
    person = case(desk, "Onésimo Urdaneta", more=(FactGiven("narrative", {"text": text}),))
    told = next(
        f for d in queries.case(desk, person.code).detentions for f in d.facts if f.kind == "narrative"
    )
    assert told.fields["text"].splitlines()[:2] == ["Lo llevaron de noche.", "Nadie dijo adónde."]
    assert len(told.fields["text"]) > 4000


@pytest.mark.parametrize("kind", ["name", "arrest"])
def test_a_fact_brought_back_is_shown_and_can_be_corrected(desk: User, case: NewCase, kind: str) -> None:
    person = case(desk, "Onésimo Urdaneta")
    seq = _fact(person, kind)
    services.withdraw(desk, services.withdraw(desk, seq, "por error"), "no era error")
    assert queries.names_of(desk, [person.pk]) == {person.pk: "Onésimo Urdaneta"}
    fields = {"full": "Onésimo Urdaneta Paz"} if kind == "name" else {"state": "zulia"}
    services.correct(desk, seq, FactGiven(kind, fields), TOLD)
    assert CaseCard.objects.get(pk=person.pk).state == ("lara" if kind == "name" else "zulia")


def test_an_order_obeyed_in_an_earlier_detention_is_not_due_after_a_new_arrest(
    desk: User, second: User, case: NewCase
) -> None:
    person = case(desk, "Onésimo Urdaneta", arrested="2025-01-08", released="2025-02-03")
    first = person.detentions.get().pk
    order = FactGiven("release_order", {}, on("2025-02-01"))
    services.add_facts(desk, person.code, detention=first, facts=[order], source=SEEN)
    services.review(second, _fact(person, "release"), Verdict.CONFIRM)
    again = FactGiven("arrest", {"state": "lara"}, on("2026-01-08"))
    services.add_facts(desk, person.code, new_detention=True, facts=[again], source=SEEN)
    assert queries.due(desk) == []
