"""The case file and its forms, as pages."""

from __future__ import annotations

from http import HTTPStatus

from constancia.apps.register import services
from constancia.apps.register.services import FactGiven, SourceGiven
from constancia.domain.vocabulary.terms import Role, SourceKind
from tests.support.cast import on
from tests.support.world import SignedIn, World

PRESS = SourceGiven(SourceKind.PRESS, "Diario inventado")


def release(world: World, day: str, kind: str, source: SourceGiven = PRESS) -> int:
    (seq,) = services.add_facts(
        world.users[Role.DESK],
        world.lara.code,
        facts=[FactGiven("release", {"release": kind}, on(day))],
        source=source,
        detention=world.lara.detentions.get().pk,
    )
    return seq


def test_facts_that_contradict_each_other_stand_side_by_side(world: World, signed_in: SignedIn) -> None:
    release(world, "2026-02-01", "full")
    release(world, "2026-02-01", "under_measures", SourceGiven(SourceKind.OWN_LAWYER))
    answer = signed_in(world.users[Role.DESK]).get(f"/expediente/{world.lara.code}/")
    (episode,) = answer.context["episodes"]
    beside = [item for item in episode.items if item.rivals]
    assert len(beside) == 1
    assert "no cuenta" in beside[0].rivals[0].standing
    assert 'class="beside"' in answer.content.decode()


def test_the_page_as_known_before_a_fact_does_not_know_it(world: World, signed_in: SignedIn) -> None:
    release(world, "2026-02-01", "full")
    client = signed_in(world.users[Role.DESK])
    path = f"/expediente/{world.lara.code}/"
    assert "Libertad plena" in client.get(path).content.decode()
    assert "Libertad plena" not in client.get(path, {"known_at": "2026-01-31"}).content.decode()


def test_a_withdrawn_fact_stays_readable_with_the_reason_and_can_come_back(
    world: World, signed_in: SignedIn
) -> None:
    seq = release(world, "2026-02-01", "full")
    client = signed_in(world.users[Role.DESK])
    client.post(f"/hecho/{seq}/retirar/", {"reason": "Era otra persona"})
    page = client.get(f"/expediente/{world.lara.code}/").content.decode()
    assert "Era otra persona" in page
    assert "Deshacer el retiro" in page


def test_a_correction_starts_from_what_it_corrects(world: World, signed_in: SignedIn) -> None:
    seq = release(world, "2026-02-01", "full")
    form = signed_in(world.users[Role.DESK]).get(f"/hecho/{seq}/corregir/").context["form"]
    assert form["when"].value() == "2026-02-01"
    assert form["f_release"].value() == "full"


def test_whoever_recorded_a_fact_is_offered_no_review_of_it(world: World, signed_in: SignedIn) -> None:
    seq = release(world, "2026-02-01", "full")
    client = signed_in(world.users[Role.DESK])
    page = client.get(f"/expediente/{world.lara.code}/").content.decode()
    assert f"/hecho/{seq}/revisar/" not in page
    client.post(f"/hecho/{seq}/revisar/", {"verdict": "confirm"})
    assert not world.lara.facts.get(pk=seq).reviews.exists()


def test_a_review_goes_back_to_this_site_only(world: World, signed_in: SignedIn) -> None:
    seq = release(world, "2026-02-01", "full")
    client = signed_in(world.users[Role.ADMINISTRATOR])
    for back in ("https://else.where/", "//else.where/", "javascript:alert(1)"):
        answer = client.post(f"/hecho/{seq}/revisar/", {"verdict": "confirm", "back": back})
        assert answer.headers["Location"] == "/revision/"


def test_a_sealed_source_is_named_only_to_those_who_may_know(world: World, signed_in: SignedIn) -> None:
    path = f"/expediente/{world.lara.code}/"
    desk, lawyer = signed_in(world.users[Role.DESK]), signed_in(world.users[Role.LAWYER])
    assert "Abogada de la casa" not in desk.get(path).content.decode()
    why = {"tier": "sealed", "reason": "family"}
    assert desk.post(f"{path}abrir/", why).status_code == HTTPStatus.FOUND
    assert "Abogada de la casa" in desk.get(path).content.decode()
    assert lawyer.post(f"{path}abrir/", why).status_code == HTTPStatus.NOT_FOUND
    assert "Abogada de la casa" not in lawyer.get(path).content.decode()


def test_evidence_comes_as_an_attachment_that_the_browser_will_not_render(
    world: World, signed_in: SignedIn
) -> None:
    number = world.blanks(world.lara)["number"]
    sent = {"form": "original", "purpose": "own_work"}
    answer = signed_in(world.users[Role.DESK]).post(f"/archivo/{number}/entregar/", sent)
    assert answer.content == b"Acta inventada"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_case_is_given_to_a_lawyer_and_taken_back(world: World, signed_in: SignedIn) -> None:
    desk, lawyer = signed_in(world.users[Role.DESK]), signed_in(world.users[Role.LAWYER])
    path = f"/expediente/{world.zulia.code}/"
    assert lawyer.get(path).status_code == HTTPStatus.NOT_FOUND
    desk.post(f"{path}defensa/", {"lawyer": "es-lawyer"})
    assert lawyer.get(path).status_code == HTTPStatus.OK
    assert [one.username for one in desk.get(path).context["defence"]] == ["es-lawyer"]
    desk.post(f"{path}defensa/", {"lawyer": "es-lawyer", "active": "no"})
    assert desk.get(path).context["defence"] == []
    assert lawyer.get(path).status_code == HTTPStatus.NOT_FOUND


def test_nobody_but_a_lawyer_is_given_a_case(world: World, signed_in: SignedIn) -> None:
    answer = signed_in(world.users[Role.DESK]).post(
        f"/expediente/{world.zulia.code}/defensa/", {"lawyer": "es-volunteer"}
    )
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_judging_two_people_the_same_needs_both_to_be_there(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.DESK])
    path = f"/expediente/{world.lara.code}/anotar/identity_judgement/"
    given = {"f_other": "K7PM-3XQ4-T2", "f_verdict": "same", "f_reason": "Prueba", "source_kind": "document"}
    assert client.post(path, given).status_code == HTTPStatus.BAD_REQUEST
    assert client.post(path, given | {"f_other": world.zulia.code}).status_code == HTTPStatus.FOUND
    page = client.get(f"/expediente/{world.zulia.code}/").content.decode()
    assert world.lara.code in page


def test_a_coordinator_can_open_the_case_they_entered_wherever_it_happened(
    world: World, signed_in: SignedIn
) -> None:
    client = signed_in(world.users[Role.COORDINATOR])
    given = {"name": "Una Llegada De Lejos", "kind": "arrest", "state": "Zulia", "source_kind": "relative"}
    answer = client.post("/expediente/nuevo/", given)
    assert client.get(answer.headers["Location"]).status_code == HTTPStatus.OK


def test_what_may_be_published_is_recorded_with_the_case_where_it_was_asked(
    world: World, signed_in: SignedIn
) -> None:
    client = signed_in(world.users[Role.DESK])
    given = {"name": "Una Recién Llegada", "kind": "arrest", "state": "Lara", "source_kind": "relative"}
    asked = client.post("/expediente/nuevo/", given | {"consent": "count_only"})
    assert "Solo en las cifras" in client.get(asked.headers["Location"]).content.decode()
    not_asked = client.post("/expediente/nuevo/", given | {"name": "Otra Muy Distinta", "consent": ""})
    assert "Consentimiento" not in client.get(not_asked.headers["Location"]).content.decode()
