"""The pages of what needs two people."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.approvals.models import Answer, Request, Use
from constancia.domain.vocabulary.terms import Role
from tests.support.approvals import asked_on_page, exported
from tests.support.world import SignedIn, World

COORDINATOR = {"role": "coordinator", "regions": "lara"}


def test_a_list_is_asked_for_with_a_reason_and_leaves_once(world: World, signed_in: SignedIn) -> None:
    client, second = signed_in(world.users[Role.DESK]), world.users[Role.ADMINISTRATOR]
    page = client.post("/registro/csv/", {"text": "persona", "state": "lara"}).content.decode()
    assert "Es 1 persona, con nombre." in page
    assert 'name="text" value="persona"' in page
    refused = client.post("/registro/csv/", {"text": "persona", "reason": " "})
    assert refused.status_code == HTTPStatus.BAD_REQUEST
    number = asked_on_page(client, {"text": "persona", "state": "lara"})
    assert client.post("/registro/csv/", {"text": "persona", "state": "lara", "reason": "otra vez"}).headers[
        "Location"
    ] == (f"/aprobaciones/{number}/")
    early = client.post(f"/registro/csv/{number}/", follow=True)
    assert "aprobación de otra persona" in early.content.decode()
    approving = signed_in(second)
    shown = approving.get(f"/aprobaciones/{number}/").content.decode()
    for words in ("«persona»", "Lara", "para la defensa", "Es de 1 persona."):
        assert words in shown, words
    unread = approving.post(f"/aprobaciones/{number}/", {"respuesta": "aprobar"}, follow=True)
    assert "No quedó aprobado." in unread.content.decode()
    approving.post(f"/aprobaciones/{number}/")
    assert not Answer.objects.exists()
    approving.post(f"/aprobaciones/{number}/", {"respuesta": "aprobar", "leido": "si"})
    not_mine = approving.post(f"/registro/csv/{number}/", follow=True).content.decode()
    assert "Eso lo hace quien lo pidió" in not_mine
    assert "Descargar el archivo" in client.get(f"/aprobaciones/{number}/").content.decode()
    sent = client.post(f"/registro/csv/{number}/").getvalue().decode()
    assert ("Persona Inventada Laral" in sent, "Zuliana" in sent) == (True, False)
    again = client.post(f"/registro/csv/{number}/")
    assert again.status_code == HTTPStatus.FOUND
    assert "Se usó el" in client.get(f"/aprobaciones/{number}/").content.decode()


def test_an_asker_sees_no_button_to_approve_and_is_refused_without_one(
    world: World, signed_in: SignedIn
) -> None:
    client = signed_in(world.users[Role.DESK])
    number = asked_on_page(client, {})
    shown = client.get(f"/aprobaciones/{number}/").content.decode()
    assert "Retirar la petición" in shown
    assert 'value="aprobar"' not in shown
    said = client.post(f"/aprobaciones/{number}/", {"respuesta": "aprobar", "leido": "si"}, follow=True)
    assert "Quien pide no aprueba" in said.content.decode()
    assert not Answer.objects.exists()


def test_a_role_is_asked_for_approved_and_given_without_typing_it_again(
    world: World, signed_in: SignedIn
) -> None:
    client, desk = signed_in(world.users[Role.ADMINISTRATOR]), signed_in(world.users[Role.DESK])
    form = {"username": "nueva", "display_name": "Nueva Persona", **COORDINATOR}
    asked = client.post("/casa/nueva/", form, follow=True)
    assert "Quedó pedido" in asked.content.decode()
    assert not User.objects.filter(username="nueva").exists()
    number = Request.objects.latest("pk").pk
    assert (
        "Una cuenta nueva, «nueva» (Nueva Persona)" in desk.get(f"/aprobaciones/{number}/").content.decode()
    )
    early = client.post(f"/aprobaciones/{number}/rol/", follow=True).content.decode()
    assert "espera a otra persona" in early
    desk.post(f"/aprobaciones/{number}/", {"respuesta": "aprobar", "leido": "si"})
    given = client.post(f"/aprobaciones/{number}/rol/")
    assert given.headers["Location"] == "/casa/nueva/"
    made = User.objects.get(username="nueva")
    assert (made.role, made.regions) == (Role.COORDINATOR, ["lara"])
    assert Use.objects.filter(request=number).exists()
    asked = client.post("/casa/nueva/rol/", {"role": "desk", "regions": ""}, follow=True)
    assert "Quedó pedido" in asked.content.decode()
    client.post("/casa/nueva/rol/", {"role": "reader", "regions": ""})
    assert User.objects.get(username="nueva").role == Role.READER


def test_disabling_needs_nobody_and_enabling_again_does(world: World, signed_in: SignedIn) -> None:
    client, lawyer = signed_in(world.users[Role.ADMINISTRATOR]), "es-lawyer"
    for name in ("es-coordinator", lawyer):
        client.post(f"/casa/{name}/estado/", {"active": "no"})
        client.post(f"/casa/{name}/estado/", {"active": "yes"})
    assert [User.objects.get(username=name).is_active for name in ("es-coordinator", lawyer)] == [False, True]


@pytest.mark.parametrize("role", [Role.DESK, Role.ADMINISTRATOR, Role.COORDINATOR])
def test_what_waits_is_listed_for_who_may_answer(role: Role, world: World, signed_in: SignedIn) -> None:
    page = signed_in(world.users[role]).get("/aprobaciones/").content.decode()
    mine = role is Role.COORDINATOR
    assert (f"/aprobaciones/{world.approval}/" in page) is True
    assert (page.index("Exportar una lista") > page.index("Lo que usted pidió")) is mine


def test_a_coordinators_file_holds_the_regions_of_the_role(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.COORDINATOR])
    sent = exported(client, world.users[Role.DESK], {"text": "persona"}).getvalue().decode()
    assert ("Laral" in sent, "Zuliana" in sent) == (True, False)
