"""A server that is seized open, and people of elsewhere: what a region holds is not theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.apps import apps

from constancia.apps.leaving import opening as leaving
from constancia.apps.regions.services import asking, opening
from constancia.apps.register import histories, queries, services
from constancia.apps.register.models import Fact, ImportBatch, ImportRow, Person, Source
from constancia.apps.register.recording import Recorder, Row
from constancia.apps.register.services import FactGiven, SourceGiven
from constancia.cli.casework import case_json
from constancia.domain.errors import IntegrityBroken
from constancia.domain.vocabulary.deeds import OpeningReason
from constancia.domain.vocabulary.terms import Role, SourceKind
from constancia.infra import unlocked
from constancia.infra.codec import HELD
from tests.support.planted import CONTACT, REACH, SAFETY, SOURCE, said_in, said_in_bytes
from tests.support.regions import passphrase, with_key
from tests.support.world import SignedIn, World

pytestmark = pytest.mark.django_db

GIVEN = (
    FactGiven("contact", {"contact_name": CONTACT, "said_tie": "tía", "reach": REACH}),
    FactGiven("safety_note", {"text": SAFETY}),
)


def record(world: World) -> Person:
    services.add_facts(
        world.users[Role.DESK], world.lara.code, facts=GIVEN, source=SourceGiven(SourceKind.RELATIVE, SOURCE)
    )
    with Recorder(world.users[Role.ADMINISTRATOR], batch=ImportBatch.objects.get(pk=world.batch)) as rec:
        person = rec.known_person(world.lara)
        row = rec.row(person, Row(7, "x", {"observaciones": f"avisar a {CONTACT}, {REACH}"}))
        source = rec.source(SourceKind.OWN_ARCHIVE, label="lista")
        rec.fact("alias", person, fields={"value": "El Mudo"}, source=source, row=row)
    return world.lara


@pytest.fixture
def held(world: World) -> Person:
    """The case in Lara with all that is sealed on it, held by a key that its coordinator has."""
    with_key("lara", world.users[Role.COORDINATOR])
    return record(world)


def opened_by_whoever_has_the_server() -> Iterator[bytes]:
    """Everything that the register's key and the keys of persons open: every column, every sealed value."""
    codec = unlocked.codec()
    for model in apps.get_models():
        if model._meta.app_label in ("register", "regions", "ledger"):
            yield repr(list(model._default_manager.values_list())).encode()
    sealed: list[tuple[bytes, str, bytes]] = [
        (bytes(one.person.subject), histories.seal_context(one.pk), bytes(one.sealed or b""))
        for one in Fact.objects.filter(sealed__isnull=False).select_related("person")
    ]
    sealed += [
        (bytes(one.subject), histories.label_context(one.pk), bytes(one.label))
        for one in Source.objects.all()
    ]
    sealed += [
        (bytes(one.person.subject), histories.row_context(one.pk), bytes(one.content))
        for one in ImportRow.objects.select_related("person")
    ]
    for version in (b"\x01", HELD):
        items = [item for item in sealed if item[2][:1] == version]
        yield from (text or b"" for text in codec.open_known(items, version))


def test_a_seized_server_that_is_open_gives_nothing_of_a_region_whose_key_is_closed(
    world: World, held: Person
) -> None:
    found = {marker for text in opened_by_whoever_has_the_server() for marker in said_in_bytes(text)}
    assert found == set()


def test_and_everything_where_there_is_no_key(world: World) -> None:
    """The control of the test before, and what the page on security says."""
    record(world)
    found = {marker for text in opened_by_whoever_has_the_server() for marker in said_in_bytes(text)}
    assert {"Plantad", "7654321", "zarrapastroso"} <= found


def test_row_27_an_open_key_gives_nothing_to_a_role_or_person_that_does_not_hold_it(
    world: World, held: Person, signed_in: SignedIn
) -> None:
    coordinator = world.users[Role.COORDINATOR]
    opening.open_keys(coordinator, passphrase(coordinator))
    seqs = list(held.facts.values_list("pk", flat=True))
    pages = [
        f"/expediente/{held.code}/",
        *(f"/hecho/{seq}/{page}/" for seq in seqs for page in ("fila", "corregir")),
    ]
    for role in Role:
        client = signed_in(world.users[role], raise_request_exception=False)
        client.post(f"/expediente/{held.code}/abrir/", {"tier": "sealed", "reason": "family"})
        client.post(f"/expediente/{held.code}/pedir/", {"reason": "family", "region": "zulia"})
        client.post("/reservado/cerrar/", {"region": "zulia"})
        client.post("/reservado/dar/", {"region": "lara", "username": world.users[role].username})
        first = asking.Asking.objects.order_by("pk").values_list("pk", flat=True).first()
        client.post("/reservado/responder/", {"peticion": str(first), "respuesta": "aprobar"})
        answers = [client.get(path) for path in (*pages, "/reservado/")]
        told = [(one.request["PATH_INFO"], said_in(one.content.decode())) for one in answers]
        if role is Role.COORDINATOR:
            assert {"Plantad", "7654321", "zarrapastroso"} <= set(told[0][1]), "the control"
            asked = asking.Asking.objects.get(approved=True)
            assert asked.asked_by == world.users[Role.ADMINISTRATOR], "who asked first, and nobody else"
            continue
        assert [path for path, found in told if found] == [], role


def test_row_27_who_holds_a_closed_key_gets_it_in_no_page_json_or_row(
    world: World, held: Person, signed_in: SignedIn
) -> None:
    user = world.users[Role.COORDINATOR]
    client = signed_in(user)
    client.post(f"/expediente/{held.code}/abrir/", {"tier": "sealed", "reason": "family"})
    by = client.session["openings"]
    for seq in held.facts.values_list("pk", flat=True):
        for page in ("fila", "corregir", "retirar", "fuente"):
            assert said_in(client.get(f"/hecho/{seq}/{page}/").content.decode()) == []
    page = queries.case(user, held.code, by=by)
    assert said_in(json.dumps(case_json(page, {}), default=str, ensure_ascii=False)) == []
    told = client.get(f"/expediente/{held.code}/").content.decode()
    assert said_in(told) == []
    assert "hace falta la llave de Lara" in told
    opening.open_keys(user, passphrase(user))
    row = held.facts.get(kind="alias")
    assert "7654321" in client.get(f"/hecho/{row.pk}/fila/").content.decode()


def test_a_box_of_another_fact_or_person_is_refused(world: World, held: Person) -> None:
    user = world.users[Role.COORDINATOR]
    opening.open_keys(user, passphrase(user))
    contact, note = held.facts.get(kind="contact"), held.facts.get(kind="safety_note")
    subject = bytes(held.subject)
    with pytest.raises(IntegrityBroken, match=r"codec\.unreadable"):
        histories.held_of([(subject, histories.seal_context(note.pk), bytes(contact.sealed))])
    with pytest.raises(IntegrityBroken, match=r"codec\.unreadable"):
        histories.held_of(
            [(bytes(world.zulia.subject), histories.seal_context(contact.pk), bytes(contact.sealed))]
        )


def test_erasing_the_person_closes_the_box_for_whoever_has_the_region_s_key(
    world: World, held: Person
) -> None:
    user = world.users[Role.COORDINATOR]
    opening.open_keys(user, passphrase(user))
    rows = list(Fact.objects.filter(person=held, kind="contact").select_related("person"))
    assert leaving.facts(rows)[0]["reach"] == REACH
    unlocked.codec().forget(bytes(held.subject))
    assert leaving.facts(rows) == [None]


def test_whoever_leaves_takes_what_is_open_and_is_told_of_the_rest(world: World, held: Person) -> None:
    facts = list(Fact.objects.filter(kind="contact").select_related("person"))
    sources = list(Source.objects.filter(confidentiality="sealed", facts__person=held).distinct())
    rows = list(ImportRow.objects.select_related("person"))

    def everything() -> Any:
        return leaving.facts(facts), leaving.labels(sources), leaving.import_rows(rows)

    closed = everything()
    assert said_in(repr(closed)) == []
    assert closed[0] == [None]
    assert closed[2] == [None]
    user = world.users[Role.COORDINATOR]
    opening.open_keys(user, passphrase(user))
    assert {"Plantad", "7654321"} <= set(said_in(repr(everything())))
    assert SOURCE in everything()[1]


def test_a_request_about_a_case_that_is_not_theirs_is_as_one_about_none(
    world: World, held: Person, signed_in: SignedIn
) -> None:
    client = signed_in(world.users[Role.COORDINATOR], raise_request_exception=False)
    for code in (world.zulia.code, "NADA-0000"):
        answer = client.post(f"/expediente/{code}/pedir/", {"reason": OpeningReason.FAMILY.value})
        assert answer.status_code == HTTPStatus.NOT_FOUND
    assert not asking.Asking.objects.exists()
