"""The trail as pages: for who watches, without a case; for each, what oneself did."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from constancia.apps.register import queries as register
from constancia.apps.register import revealing
from constancia.apps.trail import queries
from constancia.apps.trail.queries import Wanted
from constancia.domain.errors import NotAllowed, NotFound
from constancia.domain.vocabulary.deeds import Deed, OpeningReason, Outcome
from constancia.domain.vocabulary.terms import Role, Tier
from constancia.infra import trail
from constancia.infra.bootstrap import zone
from tests.support.world import SignedIn, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(world: World) -> World:
    """The desk read both cases and listed them; the coordinator read the one in Lara and opened it."""
    desk, coordinator = world.users[Role.DESK], world.users[Role.COORDINATOR]
    for person in (world.lara, world.zulia):
        register.case(desk, person.code)
    register.search(desk, "persona inventada")
    register.case(coordinator, world.lara.code)
    why = OpeningReason.SAFETY, "cambiaron la cerradura"
    revealing.reveal(coordinator, world.lara.code, Tier.SEALED, *why)
    return world


def test_an_auditor_sees_every_deed_and_no_case(read: World, signed_in: SignedIn) -> None:
    page = signed_in(read.users[Role.AUDITOR]).get("/auditoria/").content.decode()
    assert "abrió una fuente reservada" in page
    assert "la seguridad de alguien" in page
    assert "«cambiaron la cerradura»" in page
    assert queries.mark_of(read.lara.pk) in page
    for told in (read.lara.code, read.zulia.code, "Inventada"):
        assert told not in page
    mine = signed_in(read.users[Role.ADMINISTRATOR]).get("/auditoria/").content.decode()
    assert read.lara.code in mine


def test_filters_find_by_who_what_day_and_case(read: World) -> None:
    admin, desk = read.users[Role.ADMINISTRATOR], read.users[Role.DESK]
    day = trail.events(limit=1)[0].at.astimezone(zone()).date()

    def found(**wanted: object) -> set[Deed]:
        return {one.deed for one in queries.events(admin, Wanted(**wanted)).lines}  # type: ignore[arg-type]

    assert found(actor=desk.pk, day=day) >= {Deed.CASE_READ, Deed.SEARCHED}
    assert found(deed=Deed.SOURCE_OPENED) == {Deed.SOURCE_OPENED}
    assert found(day=day.replace(year=2001)) == set()
    of_the_world = {Deed.ERASURE_ASKED}
    assert found(code=read.zulia.code) - of_the_world == {Deed.CASE_READ, Deed.SEARCHED}
    event = trail.events("deed = ?", (Deed.SOURCE_OPENED.value,))[0]
    assert found(same_as=event.seq) - of_the_world == {Deed.CASE_READ, Deed.SEARCHED, Deed.SOURCE_OPENED}


def test_a_code_serves_only_who_may_open_the_case(read: World, signed_in: SignedIn) -> None:
    auditor = read.users[Role.AUDITOR]
    with pytest.raises(NotFound):
        queries.events(auditor, Wanted(code=read.lara.code))
    client = signed_in(auditor)
    theirs = client.post("/auditoria/", {"code": read.lara.code})
    nothing = client.post("/auditoria/", {"code": "ZZZZ-ZZZZ-ZZ"})
    assert theirs.status_code == nothing.status_code == HTTPStatus.BAD_REQUEST


def test_each_sees_what_they_did_and_nothing_of_others(read: World, signed_in: SignedIn) -> None:
    coordinator = read.users[Role.COORDINATOR]
    deeds = {one.deed for one in queries.own(coordinator).lines}
    assert deeds - {Deed.APPROVAL_ASKED} == {Deed.CASE_READ, Deed.SOURCE_OPENED}
    page = signed_in(coordinator).get("/cuenta/actividad/").content.decode()
    assert "leyó un expediente" in page
    assert read.lara.code in page
    assert read.zulia.code not in page
    for role in (Role.DESK, Role.COORDINATOR, Role.LAWYER, Role.VOLUNTEER, Role.READER):
        with pytest.raises(NotAllowed):
            queries.events(read.users[role])


def test_nothing_that_is_looked_for_stands_in_an_address(read: World, signed_in: SignedIn) -> None:
    page = signed_in(read.users[Role.ADMINISTRATOR]).post("/auditoria/", {"code": read.lara.code})
    assert page.status_code == HTTPStatus.OK
    assert f"?code={read.lara.code}" not in page.content.decode()


def test_the_page_says_that_the_chain_does_not_hold(read: World, signed_in: SignedIn) -> None:
    client = signed_in(read.users[Role.AUDITOR])
    assert "La cadena se sostiene entera" in client.get("/auditoria/", {"comprobar": ""}).content.decode()
    with trail._file().opened() as connection:
        connection.execute("DROP TRIGGER event_kept")
        connection.execute("UPDATE event SET actor = 99 WHERE seq = 2")
    page = client.get("/auditoria/", {"comprobar": ""}).content.decode()
    assert "La cadena no se sostiene" in page
    assert "anotación n.º 2" in page


@pytest.mark.parametrize("page", ["-1", "0", "9" * 400, "x", "²"])
def test_pages_that_are_none_are_the_first(read: World, signed_in: SignedIn, page: str) -> None:
    answer = signed_in(read.users[Role.AUDITOR]).post("/auditoria/", {"page": page})
    assert answer.status_code == HTTPStatus.OK
    answer = signed_in(read.users[Role.READER]).get("/cuenta/actividad/", {"p": page})
    assert answer.status_code == HTTPStatus.OK


def test_what_others_did_or_tried_with_ones_account_stands_there_too(world: World) -> None:
    reader, admin = world.users[Role.READER], world.users[Role.ADMINISTRATOR]
    trail.note(None, Deed.SIGN_IN, "user", reader.pk, outcome=Outcome.REFUSED, said={"reason": "password"})
    trail.note(admin.pk, Deed.SESSION_REVOKED, "user", reader.pk)
    trail.note(admin.pk, Deed.SESSION_REVOKED, "user", admin.pk)
    told = [(one.deed, one.who, one.whom) for one in queries.own(reader).lines]
    assert told == [(Deed.SESSION_REVOKED, str(admin), str(reader)), (Deed.SIGN_IN, "", str(reader))]
