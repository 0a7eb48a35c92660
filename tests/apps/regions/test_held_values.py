"""What a region holds: written without its key, shown only with it, and nothing else depends on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from constancia.apps.accounts import services as accounts
from constancia.apps.accounts.models import User
from constancia.apps.figures.process import forget
from constancia.apps.regions.services import opening
from constancia.apps.register import histories, maintenance, queries, revealing, services, vouching
from constancia.apps.register.models import Fact, Source
from constancia.apps.register.queries.case import CasePage
from constancia.apps.register.services import FactGiven, SourceGiven
from constancia.domain.ledger.slots import digests_of, written
from constancia.domain.vocabulary.deeds import OpeningReason
from constancia.domain.vocabulary.terms import SourceKind, Tier
from constancia.infra import loaded, unlocked
from tests.support.cast import NewCase
from tests.support.planted import CONTACT, REACH, SAFETY, SOURCE
from tests.support.regions import passphrase, with_key

pytestmark = pytest.mark.django_db

SEALED = SourceGiven(SourceKind.RELATIVE, SOURCE)
GIVEN = (
    FactGiven("contact", {"contact_name": CONTACT, "said_tie": "tía", "reach": REACH}),
    FactGiven("safety_note", {"text": SAFETY}),
)


def shown(user: User, code: str) -> CasePage:
    """The case after the sealed tier was opened with a reason."""
    number = revealing.reveal(user, code, Tier.SEALED, OpeningReason.FAMILY)
    return queries.case(user, code, by=[number])


def told(page: CasePage) -> str:
    return repr([line.fields for line in page.facts]) + repr([line.source for line in page.facts])


def test_without_any_key_the_sealed_tier_is_written_as_it_always_was(
    desk: User, lara: User, case: NewCase
) -> None:
    person = case(desk, "Persona Inventada", more=GIVEN, source=SEALED)
    for fact in person.facts.filter(sealed__isnull=False):
        assert bytes(fact.sealed)[:1] == b"\x01"
    assert bytes(Source.objects.get(facts__kind="contact").label)[:1] == b"\x01"
    assert CONTACT in told(shown(lara, person.code))


def test_a_case_of_a_region_with_a_key_is_closed_until_somebody_opens_it(
    desk: User, lara: User, zulia: User, case: NewCase
) -> None:
    with_key("lara", lara)
    person = case(desk, "Persona Inventada", more=GIVEN, source=SEALED)
    versions = {fact.kind: bytes(fact.sealed)[:1] for fact in person.facts.exclude(kind="arrest")}
    assert versions == {"name": b"\x01", "contact": b"\x02", "safety_note": b"\x02"}

    page = shown(lara, person.code)
    for word in (CONTACT, REACH, SAFETY, SOURCE):
        assert word not in told(page)
    assert {line.held for line in page.facts if line.kind in histories.SEALED_KINDS} == {"lara"}
    assert {line.source.held for line in page.facts} == {"lara"}
    (missing,) = page.missing
    assert (missing.region, missing.mine, missing.holders) == ("lara", True, (str(lara),))

    assert opening.open_keys(lara, passphrase(lara)) == ["lara"]
    page = shown(lara, person.code)
    for word in (CONTACT, REACH, SAFETY, SOURCE):
        assert word in told(page)
    assert page.missing == ()

    opening.close(lara, "lara")
    assert CONTACT not in told(shown(lara, person.code))
    assert zulia is not None


def test_an_open_key_shows_nothing_to_who_does_not_hold_it(desk: User, lara: User, case: NewCase) -> None:
    with_key("lara", lara)
    person = case(desk, "Persona Inventada", more=GIVEN, source=SEALED)
    opening.open_keys(lara, passphrase(lara))
    page = shown(desk, person.code)
    assert CONTACT not in told(page)
    assert SOURCE not in told(page)
    assert not page.missing[0].mine


def test_another_region_goes_on_without_a_key(desk: User, lara: User, zulia: User, case: NewCase) -> None:
    with_key("lara", lara)
    person = case(desk, "Persona Inventada", state="zulia", more=GIVEN, source=SEALED)
    assert CONTACT in told(shown(zulia, person.code))


def test_what_was_recorded_before_the_key_is_not_held_by_it(desk: User, lara: User, case: NewCase) -> None:
    person = case(desk, "Persona Inventada", more=GIVEN, source=SEALED)
    with_key("lara", lara)
    assert CONTACT in told(shown(lara, person.code))
    services.add_facts(desk, person.code, facts=[GIVEN[1]], source=SEALED)
    assert SAFETY in told(shown(lara, person.code)), "the one of before"
    held = [line.held for line in shown(lara, person.code).facts if line.kind == "safety_note"]
    assert sorted(held) == ["", "lara"]


def test_no_grade_standing_or_figure_depends_on_which_region_is_open(
    desk: User, lara: User, case: NewCase
) -> None:
    with_key("lara", lara)
    person = case(desk, "Persona Inventada", more=GIVEN, source=SEALED)
    # The same contact from two sources: comparing them would raise the grade, and must not.
    services.add_facts(desk, person.code, facts=[GIVEN[0]], source=SEALED)
    other = FactGiven("contact", {"contact_name": "Otra Inventada", "reach": "x"})
    services.add_facts(desk, person.code, facts=[other], source=SEALED)

    def everything() -> Any:
        page = shown(lara, person.code)
        forget()
        return (
            [(line.seq, line.view.graded, line.view.standing) for line in page.facts],
            maintenance._everything(),
        )

    closed = everything()
    opening.open_keys(lara, passphrase(lara))
    assert everything() == closed
    assert maintenance.fsck().clean
    grades = [line.view.graded.grade for line in shown(lara, person.code).facts if line.kind == "contact"]
    alone = case(desk, "Otra Persona", more=GIVEN[:1], source=SEALED)
    (first,) = (line for line in shown(lara, alone.code).facts if line.kind == "contact")
    assert grades[0] == first.view.graded.grade, "as one that stands alone"


def test_the_ledger_vouches_for_what_is_closed_and_the_inside_is_checked_when_it_is_shown(
    desk: User, lara: User, case: NewCase
) -> None:
    with_key("lara", lara)
    case(desk, "Persona Inventada", more=GIVEN, source=SEALED)
    found = vouching.vouch()
    assert (found["altered"], found["missing"], found["sealed"]) == (0, 0, 0)
    opening.open_keys(lara, passphrase(lara))
    assert vouching.vouch() == found


def test_the_digests_beside_a_box_cannot_be_tried_with_the_person_s_key(
    desk: User, lara: User, case: NewCase
) -> None:
    with_key("lara", lara)
    person = case(desk, "Persona Inventada", more=GIVEN, source=SEALED)
    contact = person.facts.get(kind="contact")
    subject = bytes(person.subject)
    (held,) = histories.held_of([(subject, histories.seal_context(contact.pk), bytes(contact.sealed))])
    assert held is not None
    key = unlocked.codec().committing_keys([subject])[subject]
    told = {18: ("contact.reach", written(REACH))}
    assert digests_of(key, f"fact/{contact.pk}", told, [18])[18] != held.digests[18]
    assert len(held.digests) == 4, "empty slots too, so that their number does not show"


def test_a_key_closes_with_its_time_and_with_the_sessions_of_who_opened_it(
    desk: User, lara: User, case: NewCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_key("lara", lara)
    person = case(desk, "Persona Inventada", more=GIVEN, source=SEALED)
    opening.open_keys(lara, passphrase(lara), timedelta(seconds=-1))
    assert CONTACT not in told(shown(lara, person.code))
    opening.open_keys(lara, passphrase(lara))
    accounts.end_sessions(lara)
    fresh = User.objects.get(pk=lara.pk)
    assert CONTACT not in told(shown(fresh, person.code))
    assert loaded.find(1) is None


def test_a_correction_is_written_unseen_and_held_again(desk: User, lara: User, case: NewCase) -> None:
    with_key("lara", lara)
    person = case(desk, "Persona Inventada", more=GIVEN, source=SEALED)
    contact = person.facts.get(kind="contact")
    number = revealing.reveal(lara, person.code, Tier.SEALED, OpeningReason.RECORDING)
    assert queries.fact(lara, contact.pk, [number]).closed
    new = services.correct(lara, contact.pk, FactGiven("contact", {"contact_name": "Otra Inventada"}), SEALED)
    assert bytes(Fact.objects.get(pk=new).sealed)[:1] == b"\x02"
    opening.open_keys(lara, passphrase(lara))
    assert queries.fact(lara, contact.pk, [number]).fields["reach"] == REACH
