"""What is sealed never reaches a role that may not know it, nor anybody before they say why."""

from __future__ import annotations

import json
from http import HTTPStatus

import pytest

from constancia.apps.register import queries, services
from constancia.apps.register.models import Person
from constancia.apps.register.services import FactGiven, SourceGiven
from constancia.cli.casework import case_json
from constancia.domain.facts.kinds import KINDS
from constancia.domain.vocabulary.terms import Role, SourceKind, Tier, Verdict
from tests.support.planted import CONTACT, REACH, SAFETY, SOURCE, said_in
from tests.support.world import SignedIn, World

pytestmark = pytest.mark.django_db

GIVEN = (
    FactGiven("contact", {"contact_name": CONTACT, "said_tie": "tía", "reach": REACH}),
    FactGiven("safety_note", {"text": SAFETY}),
)
WITHOUT = (Role.LAWYER, Role.VOLUNTEER, Role.READER, Role.AUDITOR)


@pytest.fixture
def lara(world: World) -> Person:
    """The case of the coordinator and the lawyer, with all that is sealed on it."""
    services.add_facts(
        world.users[Role.DESK],
        world.lara.code,
        facts=GIVEN,
        source=SourceGiven(SourceKind.RELATIVE, SOURCE),
    )
    return world.lara


def paths_of(lara: Person) -> list[str]:
    """Every page about the case and about each of its facts."""
    of_fact = ("fila", "corregir", "retirar", "fuente", "archivo")
    facts = [f"/hecho/{seq}/{page}/" for seq in lara.facts.values_list("pk", flat=True) for page in of_fact]
    case = f"/expediente/{lara.code}/"
    adding = [f"{case}anotar/{kind}/" for kind, cls in KINDS.items() if cls.tier is Tier.SEALED]
    return [case, f"{case}anotar/", *adding, *facts, "/revision/", "/registro/", "/revision/duplicados/"]


def test_row_27_a_role_without_the_sealed_tier_never_gets_a_field_of_it(
    world: World, lara: Person, signed_in: SignedIn
) -> None:
    for role in WITHOUT:
        client = signed_in(world.users[role], raise_request_exception=False)
        answers = [client.get(path) for path in paths_of(lara)]
        # By filter and search, by a form that is refused, by an order that nobody offers.
        sought = (CONTACT, REACH, "zarrapastroso", SOURCE)
        answers += [client.post("/registro/", {"text": word}) for word in sought]
        answers += [client.get("/registro/", {"order_by": "contact", "sort": "sealed"})]
        for seq in lara.facts.values_list("pk", flat=True):
            refused = ("corregir", "retirar", "fuente")
            answers += [client.post(f"/hecho/{seq}/{page}/", {}) for page in refused]
        why = {"tier": "sealed", "reason": "family"}
        answers += [client.post(f"/expediente/{lara.code}/abrir/", why)]
        for answer in answers:
            assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
            told = _without_what_was_typed(answer.content.decode())
            assert said_in(told) == [], (role, answer.request["PATH_INFO"])


def _without_what_was_typed(page: str) -> str:
    """The search form comes back with the words that were sent in it: those the sender knew already."""
    return "\n".join(line for line in page.splitlines() if 'name="text"' not in line)


def test_row_27_nor_may_it_know_that_such_a_fact_is_there(
    world: World, lara: Person, signed_in: SignedIn
) -> None:
    client = signed_in(world.users[Role.LAWYER])
    page = client.get(f"/expediente/{lara.code}/").content.decode()
    assert "Nota de seguridad" not in page
    assert "Pariente o contacto" not in page
    assert "lo reservado" not in page
    for fact in lara.facts.filter(kind__in=("contact", "safety_note")):
        theirs = client.get(f"/hecho/{fact.pk}/corregir/")
        nothing = client.get("/hecho/99999/corregir/")
        assert theirs.status_code == nothing.status_code == HTTPStatus.NOT_FOUND
    told = queries.case(world.users[Role.LAWYER], lara.code)
    assert not [one for one in told.view.all_facts() if KINDS[one.fact.kind].tier is Tier.SEALED]


def test_row_27_who_may_gets_it_in_no_form_error_or_answer_before_saying_why(
    world: World, lara: Person, signed_in: SignedIn
) -> None:
    user = world.users[Role.COORDINATOR]
    client = signed_in(user)
    for path in paths_of(lara):
        assert said_in(client.get(path).content.decode()) == [], path
    page = queries.case(user, lara.code)
    assert said_in(json.dumps(case_json(page, {}), default=str, ensure_ascii=False)) == []
    contact = lara.facts.get(kind="contact")
    refused = client.post(f"/hecho/{contact.pk}/corregir/", {"source_kind": "relative", "f_reach": "x"})
    assert refused.status_code == HTTPStatus.BAD_REQUEST
    assert said_in(refused.content.decode()) == []

    client.post(f"/expediente/{lara.code}/abrir/", {"tier": "sealed", "reason": "family"})
    page_ = client.get(f"/expediente/{lara.code}/").content.decode()
    assert {"Plantad", "7654321", "zarrapastroso"} <= set(said_in(page_)), "the control: opened, it is there"
    assert "7654321" in client.get(f"/hecho/{contact.pk}/corregir/").content.decode()
    assert said_in(signed_in(user).get(f"/expediente/{lara.code}/").content.decode()) == [], "another session"


def test_row_27_nothing_of_it_can_be_written_over_by_who_may_not_know_of_it(
    world: World, lara: Person
) -> None:
    lawyer, contact = world.users[Role.LAWYER], lara.facts.get(kind="contact")
    source = SourceGiven(SourceKind.RELATIVE, "x")
    for deed in (
        lambda: services.correct(lawyer, contact.pk, GIVEN[0], source),
        lambda: services.withdraw(lawyer, contact.pk, "x"),
        lambda: services.attest(lawyer, contact.pk, source, Verdict.CONFIRM),
        lambda: services.review(lawyer, contact.pk, Verdict.CONFIRM),
    ):
        with pytest.raises(services.NotFound):
            deed()
