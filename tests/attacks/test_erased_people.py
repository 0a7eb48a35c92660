"""Row 24: somebody who was erased, looked for by every way that the register has, and on the disk itself."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from constancia.apps.accounts.models import User
from constancia.apps.claims import services as claims
from constancia.apps.erasure import queries as erasures
from constancia.apps.erasure import services as erasing
from constancia.apps.erasure.services import destroying
from constancia.apps.imports import services as imports
from constancia.apps.ledger.services.appending import append_notice
from constancia.apps.matching import receiving
from constancia.apps.matching import services as lists
from constancia.apps.matching.duplicates import queries as doubles
from constancia.apps.matching.models import Entry
from constancia.apps.matching.sealing import GONE, open_entries
from constancia.apps.register import evidence, likeness, maintenance, queries, services
from constancia.apps.register.models import ExternalKey, Person, State
from constancia.apps.register.policy import zone
from constancia.apps.register.services import FactGiven, SourceGiven
from constancia.domain.errors import NotFound
from constancia.domain.matching.shapes import Mention
from constancia.domain.vocabulary.terms import (
    EntryVerdict,
    IdentityVerdict,
    ListKind,
    ListVerdict,
    Role,
    SourceKind,
    Verdict,
)
from constancia.infra import clock
from tests.attacks.conftest import HEADER, MAPPING
from tests.support import forensics
from tests.support.cast import NewCase, judge, on
from tests.support.world import SignedIn, World
from tests.web.addresses import every_address

NAMED = "Persona Inventada Laral"
NAME, DOCUMENT = "Wqzonesimo Wqzurdaneta", "V-47.474.747"
PLANTED = (
    "qzonesimo", "qzurdaneta", "qzcatire", "qzcalle", "qzhermana", "qzgrupo", "qzcarpintero", "qznota",
    "qzrazon", "qzpalabras", "qzcarta", "qzclave", "qzmotivo", "47.474.747", "47474747",
)  # fmt: skip
IN_CLEAR = {"qzcalle", "qzcarpintero", "qznota", "qzpalabras", "qzclave", "qzmotivo", "qzonesimo"}
"""What the pages hold in clear before: the control. The rest is sealed even there."""


@pytest.fixture
def planted(desk: User, second: User, case: NewCase, tmp_path: Path) -> Person:
    """A person of whom there is a word in every table that can hold one."""
    file = tmp_path / "casos.csv"
    file.write_text(f"{HEADER}wqzclave,{NAME},{DOCUMENT},lara,Wqzcalle 5,08/01/2026,\n", "utf-8")
    imports.commit(desk, file, MAPPING)
    person = Person.objects.get(external_keys__value="wqzclave")
    source = SourceGiven(SourceKind.RELATIVE, "Wqzhermana de Wqzonesimo", group="wqzgrupo")
    detention = person.detentions.get().pk
    given = [
        FactGiven("alias", {"value": "Wqzcatire"}),
        FactGiven("occupation", {"detail": "wqzcarpintero"}),
    ]
    services.add_facts(desk, person.code, facts=given, source=source)
    when = on("2026-02-01")
    seen = FactGiven(
        "seen_held", {"place": "wqzcalle"}, type(when)(when.edtf, when.earliest, when.latest, "wqzpalabras")
    )
    (seq,) = services.add_facts(desk, person.code, facts=[seen], source=source, detention=detention)
    services.review(second, seq, Verdict.CONFIRM, "Wqznota de quien revisa")
    evidence.attach(desk, seq, "Wqzcarta", b"La wqzcarta de Wqzonesimo Wqzurdaneta")
    other = case(desk, "Yusmary Peña")
    judge(desk, person, other, IdentityVerdict.DIFFERENT, "Wqzrazon de otra edad")
    sent = lists.ListGiven(
        title="Lista",
        kind=ListKind.RELEASED,
        source=SourceGiven(SourceKind.OFFICIAL_LIST),
        when=on("2026-03-10"),
    )
    of_list = lists.keep(desk, sent, receiving.read_text(f"{NAME}\nYusmary Peña")).number
    entry = Entry.objects.get(of_list=of_list, number=1).pk
    lists.decide(desk, entry, EntryVerdict.SAME, code=person.code, reason="Wqzmotivo")
    return person


def erase(desk: User, second: User, person: Person) -> int:
    number = erasing.ask(desk, person.code, "danger")
    erasing.answer(second, number, approve=True)
    return number


@pytest.mark.django_db(transaction=True)
def test_row_24_a_forensic_reader_with_the_key_finds_no_word_of_the_erased(
    desk: User, second: User, planted: Person
) -> None:
    forensics.sample()
    assert forensics.present(PLANTED, forensics.everything()) >= IN_CLEAR
    erase(desk, second, planted)
    assert forensics.present(PLANTED, forensics.everything()) == set()
    assert maintenance.fsck().clean


@pytest.mark.django_db(transaction=True)
def test_row_24_on_postgresql_nothing_is_scrubbed_while_an_older_transaction_goes_on(engine: str) -> None:
    if engine != "postgresql":
        pytest.skip("SQLCipher overwrites what it frees")
    other = connection.copy()
    try:
        with other.cursor() as older, connection.cursor() as mine:
            older.execute("BEGIN")
            older.execute("SELECT pg_current_xact_id()")
            mine.execute("SELECT pg_current_xact_id()")  # one that ends later than the other began
            assert not destroying._nobody_looks_back(destroying._next_transaction())
            older.execute("ROLLBACK")
    finally:
        other.close()


@pytest.mark.django_db
def test_row_24_no_way_of_the_register_leads_to_the_erased(
    desk: User, second: User, lara: User, planted: Person, tmp_path: Path
) -> None:
    asked = (NAME, "Wqzcatire", DOCUMENT, planted.code, "wqzclave", "wqzcalle")
    mention = Mention(NAME, document=DOCUMENT)
    assert all(queries.search(desk, words).lines for words in asked)
    assert likeness.match(desk, [mention])[0].candidates
    erase(desk, second, planted)
    for user in (desk, lara):
        assert not any(queries.search(user, words).lines for words in asked)
        assert not likeness.match(user, [mention])[0].candidates
        with pytest.raises(NotFound, match=r"case\.erased"):
            queries.case(user, planted.code)
        with pytest.raises(NotFound):
            services.fact_of(user, planted.facts.first().pk)  # type: ignore[union-attr]
        told = list(doubles.queue(user, patient=True).suggestions)
        assert planted.code not in {side.code for one in told for side in (one.one, one.other)}
    assert open_entries([Entry.objects.get(number=1)]) == {Entry.objects.get(number=1).pk: GONE}
    assert not ExternalKey.objects.filter(person=planted).exists()
    assert set(State.objects.filter(person=planted.pk).values_list("place", flat=True)) == {0}


@pytest.mark.django_db
def test_row_24_an_import_of_the_old_file_does_not_recognise_the_erased(
    desk: User, second: User, planted: Person, tmp_path: Path
) -> None:
    erase(desk, second, planted)
    file = tmp_path / "casos.csv"
    done = imports.commit(desk, file, MAPPING)
    assert (done.known, done.new_people) == (0, 1)
    assert Person.objects.exclude(pk=planted.pk).filter(external_keys__value="wqzclave").count() == 1


@pytest.mark.django_db
def test_row_24_yesterdays_copy_has_a_day_on_which_it_is_worth_nothing(
    desk: User, second: User, case: NewCase
) -> None:
    number = erase(desk, second, case(desk, NAME))
    told = erasures.status(desk, number)
    assert told.ended_at is not None
    assert told.complete_on == (told.ended_at + timedelta(days=35)).astimezone(zone()).date()
    assert told.stage == "erased"
    with clock.frozen(told.ended_at + timedelta(days=35)):
        assert erasures.status(desk, number).stage == "erased"
    with clock.frozen(told.ended_at + timedelta(days=37)):
        assert erasures.status(desk, number).stage == "complete"


@pytest.mark.django_db
def test_row_24_a_backup_that_says_how_long_it_is_kept_sets_the_day(
    desk: User, second: User, case: NewCase
) -> None:
    now = clock.now()
    append_notice("backup", {"event": "made", "keyring_until": "2031-05-06"}, now)
    number = erase(desk, second, case(desk, NAME))
    assert erasures.status(desk, number).complete_on == date(2031, 5, 6)


@pytest.mark.django_db
def test_row_24_those_who_could_see_the_case_are_told_and_others_are_not(
    world: World, signed_in: SignedIn
) -> None:
    desk, admin = world.users[Role.DESK], world.users[Role.ADMINISTRATOR]
    address = f"/expediente/{world.lara.code}/"
    number = erasing.ask(desk, world.lara.code, "asked_by_person")
    erasing.answer(admin, number, approve=True)
    for role in (Role.DESK, Role.COORDINATOR):
        answer = signed_in(world.users[role]).get(address)
        assert answer.status_code == 410
        assert "Persona Inventada Laral" not in answer.content.decode()
    for role in (Role.LAWYER, Role.READER, Role.VOLUNTEER):
        assert signed_in(world.users[role]).get(address).status_code == 404


@pytest.mark.django_db
def test_row_24_no_page_of_the_site_shows_the_erased(world: World, signed_in: SignedIn) -> None:
    desk, admin = world.users[Role.DESK], world.users[Role.ADMINISTRATOR]
    blanks = world.blanks(world.lara)
    for entry in Entry.objects.order_by("pk"):
        if open_entries([entry])[entry.pk].raw == NAMED:
            lists.decide(desk, entry.pk, EntryVerdict.SAME, code=world.lara.code)
    claims.decide_name(desk, world.listed, ListVerdict.MATCHED, code=world.lara.code)
    name = b"Inventada Laral"
    assert _shown(signed_in(desk), blanks, name)
    number = erasing.ask(desk, world.lara.code, "asked_by_person")
    erasing.answer(admin, number, approve=True)
    for role in (Role.DESK, Role.COORDINATOR, Role.LAWYER):
        assert _shown(signed_in(world.users[role]), blanks | {"erasure": number}, name) == []


def _shown(client: Client, blanks: dict[str, Any], name: bytes) -> list[str]:
    """The addresses whose pages show the name; every page answers without a failure of ours."""
    found = []
    for address in every_address():
        if address.name in ("accounts:sign_out", "imports:discard", "claims:discard"):
            continue
        answer = client.get(address.fill(blanks))
        assert answer.status_code < 500, address.name
        if name in b"".join(answer) if answer.streaming else name in answer.content:
            found.append(address.name)
    return found
