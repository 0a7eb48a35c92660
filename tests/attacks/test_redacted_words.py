"""Row 24 once more: words of a fact that were erased, on the disk, on every page and in every disclosure."""

from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.erasure import services as erasing
from constancia.apps.register import maintenance, queries, services
from constancia.apps.register.models import Fact, Person, Review
from constancia.apps.register.opening import openings
from constancia.apps.register.services import FactGiven
from constancia.domain.dates import ImpreciseDate
from constancia.domain.vocabulary.terms import Role, Verdict
from tests.support import forensics
from tests.support.cast import SEEN, NewCase, on
from tests.support.world import SignedIn, World
from tests.web.addresses import every_address

PLANTED = ("wqzacto", "wqzpalabras", "wqznota", "wqzmotivo")
"""What stands in clear in the pages before: the control."""


@pytest.fixture
def planted(desk: User, second: User, case: NewCase) -> Person:
    day = on("2026-02-03")
    person = case(
        desk,
        "Onésimo Urdaneta Prueba",
        more=(
            FactGiven("narrative", {"text": "Wqzrelato de la vecina, teléfono 0414-5550101"}),
            FactGiven(
                "hearing",
                {"what": "Wqzacto"},
                ImpreciseDate(day.edtf, day.earliest, day.latest, "wqzpalabras"),
            ),
            FactGiven("recognition", {"framework": "own", "outcome": "recognised", "reasoning": "Wqzmotivo"}),
        ),
    )  # fmt: skip
    services.review(second, person.facts.get(kind="arrest").pk, Verdict.CONFIRM, "Wqznota")
    return person


def redact_all(desk: User, second: User, person: Person) -> None:
    chosen = {"narrative": ["text"], "hearing": ["what", "date_words"], "recognition": ["reasoning"]}
    for kind, fields in chosen.items():
        seq = person.facts.get(kind=kind).pk
        erasing.answer(second, erasing.ask_of_words(desk, seq, fields, "danger"), approve=True)
    erasing.answer(second, erasing.ask_of_note(desk, Review.objects.get().pk, "danger"), approve=True)


@pytest.mark.django_db(transaction=True)
def test_row_24_a_forensic_reader_with_the_key_finds_no_word_that_was_erased_from_a_fact(
    desk: User, second: User, planted: Person
) -> None:
    sealed = bytes(Fact.objects.get(kind="narrative").sealed)
    forensics.sample()
    before = forensics.everything()
    assert forensics.present(PLANTED, before) == set(PLANTED)
    assert sealed in before
    redact_all(desk, second, planted)
    after = forensics.everything()
    assert forensics.present(PLANTED, after) == set()
    assert sealed not in after
    assert maintenance.fsck().clean


@pytest.mark.django_db
def test_row_24_no_page_and_no_disclosure_shows_words_that_were_erased(
    world: World, signed_in: SignedIn
) -> None:
    desk, admin = world.users[Role.DESK], world.users[Role.ADMINISTRATOR]
    detention = world.lara.detentions.get().pk
    told = FactGiven("hearing", {"what": "Wqzacto"}, on("2026-02-03"))
    (seq,) = services.add_facts(
        desk, world.lara.code, facts=[told], source=SEEN, detention=detention
    )  # fmt: skip
    blanks = world.blanks(world.lara)
    client = signed_in(desk)
    assert b"Wqzacto" in client.get(f"/expediente/{world.lara.code}/").content
    number = erasing.ask_of_words(desk, seq, ["what"], "danger")
    erasing.answer(admin, number, approve=True)
    page = client.get(f"/expediente/{world.lara.code}/").content.decode()
    assert "[borrado: corre peligro por estar en el registro, " in page
    assert f", hecho {seq}]" in page
    for address in every_address():
        if address.name not in ("accounts:sign_out", "imports:discard", "claims:discard"):
            answer = client.get(address.fill(blanks | {"erasure": number, "seq": seq}))
            shown = b"".join(answer) if answer.streaming else answer.content
            assert b"Wqzacto" not in shown, address.name
    for one in openings(desk, world.lara.code, prove=lambda about, number: None):
        assert b"Wqzacto" not in one.shown.data()
    assert queries.search(desk, "Wqzacto").lines == ()
