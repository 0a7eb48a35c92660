"""Announcements and statements as pages: they show what the queries count, to whom they may show it."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from constancia.apps.accounts.models import User
from constancia.apps.claims import queries, services
from constancia.apps.claims.models import Announcement, Statement
from constancia.apps.figures.marks import marks
from constancia.domain.vocabulary.terms import Qualifier, Role, Said
from tests.apps.claims.papers import about, held, paper
from tests.apps.claims.test_announcements import confirm_everything, given
from tests.support.cast import NewCase
from tests.support.world import SignedIn, World

FORM = {
    "title": "Salidas de marzo",
    "claimant": "Ministerio Inventado",
    "announced_on": "2026-03-01",
    "qualifier": "at_least",
    "value": "30",
    "window_end": "2026-03-09",
    "w_sex": "woman",
}
SAID = {"said_on": "2026-03-02", "hour": "20:15", "speaker": "Ministra inventada", "mark": "Lo niega"}


@pytest.fixture(autouse=True)
def _everybody_counts(settings: Any) -> None:
    settings.CONSTANCIA_RULE = "all_detained"


@pytest.fixture
def kept(world: World, second: User, case: NewCase) -> int:
    """An announcement of 10 of which two are verified, one of them in Zulia."""
    desk = world.users[Role.DESK]
    number = services.announce(desk, given(list_given=True))
    case(desk, "Persona de Lara", released="2026-02-02")
    confirm_everything(second)
    case(desk, "Persona de Zulia", state="zulia", released="2026-02-03")
    case(desk, "Persona Aparte", released="2026-05-05")
    confirm_everything(second)
    return number


@pytest.fixture
def desk_client(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.users[Role.DESK])


def page(client: Client, number: int, **asked: str) -> Any:
    return client.get(reverse("claims:announcement", args=[number]), asked)


def test_an_announcement_is_entered_corrected_and_withdrawn(desk_client: Client) -> None:
    answer = desk_client.post("/anuncios/nuevo/", FORM)
    made = Announcement.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, f"/anuncios/{made.pk}/")
    assert (made.value, made.qualifier, made.filters) == (30, "at_least", {"sex": "woman"})
    corrected = FORM | {"value": "31", "qualifier": Qualifier.ABOUT.value}
    desk_client.post(f"/anuncios/{made.pk}/corregir/", corrected)
    shown = page(desk_client, made.pk).content.decode()
    assert "alrededor de 31" in shown
    assert "Cómo se fue anotando" in shown
    answer = desk_client.post(f"/anuncios/{made.pk}/retirar/", {"reason": "Entró dos veces"}, follow=True)
    assert "está retirado" in answer.content.decode()
    listing = desk_client.get("/anuncios/")
    assert made.pk not in [line.number for line in listing.context["lines"]]
    assert [line.number for line in listing.context["withdrawn"]] == [made.pk]
    assert "Entró dos veces" in listing.content.decode()


def test_a_number_is_read_with_its_thousands(desk_client: Client) -> None:
    desk_client.post("/anuncios/nuevo/", FORM | {"value": "2.000"})
    assert Announcement.objects.latest("pk").value == 2000


def test_what_is_verified_beyond_the_number_is_pointed_at(
    world: World, kept: int, desk_client: Client
) -> None:
    desk = world.users[Role.DESK]
    assert queries.announcement(desk, kept).line.beyond == 0
    services.correct_announcement(desk, kept, given(value=1, qualifier=Qualifier.EXACT))
    assert queries.announcement(desk, kept).line.beyond == 1
    assert "una salida más de las anunciadas" in page(desk_client, kept).content.decode()
    services.correct_announcement(desk, kept, given(value=1, qualifier=Qualifier.AT_LEAST))
    assert queries.announcement(desk, kept).line.beyond == 0


def test_a_corrected_claim_stays_under_the_announcement_that_rests_on_it(
    world: World, desk_client: Client
) -> None:
    desk = world.users[Role.DESK]
    document = services.add_document(desk, paper(), again=True, read=False).document
    claim = services.add_claim(desk, document, held())
    number = services.announce(desk, given(claim=claim))
    corrected = services.correct(desk, claim, about(held(), value=121))
    form = desk_client.get(f"/anuncios/{number}/corregir/").context["form"]
    assert form.initial["claim"] == corrected


def test_a_list_given_leads_to_pasting_it(desk_client: Client) -> None:
    answer = desk_client.post("/anuncios/nuevo/", FORM | {"list_given": "on"})
    assert answer["Location"].endswith("/lista/")
    answer = desk_client.post(
        answer["Location"], {"names": "1. Uno Inventado\n2. Dos Inventado"}, follow=True
    )
    assert answer.context["page"].counts.total == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"window_end": "2026-02-01"}, "termina antes de empezar"),
        ({"title": ""}, "obligatorio"),
        ({"value": "muchas"}, "entero"),
        ({"value": "1.00"}, "entero"),
        ({"announced_on": "1026-03-01"}, ""),
        ({"announced_on": "2099-03-01"}, "aún no ha llegado"),
    ],
)
def test_what_does_not_hold_comes_back_with_the_reason(
    desk_client: Client, wrong: dict[str, str], words: str
) -> None:
    before = Announcement.objects.count()
    answer = desk_client.post("/anuncios/nuevo/", FORM | wrong)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert words in answer.content.decode()
    assert Announcement.objects.count() == before


def test_an_announcement_begins_from_a_confirmed_claim(world: World, desk_client: Client) -> None:
    desk = world.users[Role.DESK]
    document = services.add_document(desk, paper(), read=False).document
    from_text = held("salida de 30", 30)
    claim = services.add_claim(desk, document, _announced(from_text))
    answer = desk_client.get("/anuncios/nuevo/", {"cifra": str(claim)})
    assert answer.context["form"].initial["value"] == 30
    made = desk_client.post("/anuncios/nuevo/", FORM | {"claim": str(claim)}, follow=True)
    assert "Un balance inventado" in made.content.decode()


def _announced(claim: Any) -> Any:
    return about(claim, about=Said.ANNOUNCED_RELEASE)


def test_the_page_shows_numbers_steps_and_the_people_behind(kept: int, desk_client: Client) -> None:
    answer = page(desk_client, kept)
    assert (answer.context["came"].verified, answer.context["came"].remaining) == (2, 8)
    (first, second) = answer.context["steps"]
    assert (first["verified"], second["change"]) == (1, 1)
    assert desk_client.get(first["address"]).context["total"] == 1
    assert desk_client.get(second["address"]).context["total"] == 2
    text = answer.content.decode()
    assert "c-rise" in text
    assert "Persona de Lara" not in text  # codes, not names


def test_people_of_other_regions_are_counted_and_not_shown(
    world: World, kept: int, signed_in: SignedIn
) -> None:
    client = signed_in(world.users[Role.COORDINATOR])
    answer = page(client, kept)
    assert answer.context["came"].verified == 2
    assert (len(answer.context["page"].releases), answer.context["page"].hidden) == (1, 1)
    assert client.get(answer.context["behind"]["verified"]).context["total"] == 1
    reader = page(signed_in(world.users[Role.READER]), kept)
    text = reader.content.decode()
    assert reader.context["page"].releases == ()
    assert "/personas/" not in text
    assert "Atribuir una salida" not in text
    assert "Corregir" not in text


def test_as_known_another_day(world: World, kept: int, desk_client: Client) -> None:
    services.announce(world.users[Role.DESK], given(title="La última"))
    shown = desk_client.get("/anuncios/", {"conocido": "2020-01-01"})
    assert shown.context["lines"] == []
    address = reverse("claims:announcement", args=[kept])
    early = desk_client.get(address, {"conocido": "2020-01-01"}, follow=True)
    assert early.redirect_chain == [(address, HTTPStatus.FOUND)]
    assert "aún no estaba anotado" in early.content.decode()
    wrong = page(desk_client, kept, conocido="ayer")
    assert wrong.status_code == HTTPStatus.BAD_REQUEST
    assert b'<details class="no-print" open>' in wrong.content


def test_a_late_release_is_attributed_from_its_case_and_taken_back(
    kept: int, desk_client: Client, world: World
) -> None:
    late = [one for one in _everybody(world) if one not in _behind(world, kept)]
    code, detention = _released_alone(world, late)
    asked = {"caso": code.lower().replace("-", " ")}
    shown = desk_client.post(f"/anuncios/{kept}/", asked).content.decode()
    assert "Pertenece a «Salidas anunciadas»" in shown  # whose window is open
    address = reverse("claims:attribute", args=[kept])
    sent = {"code": code, "detention": str(detention), "verdict": "this", "note": "la familia"}
    desk_client.post(address, sent)
    assert page(desk_client, kept).context["came"].by_hand == 1
    desk_client.post(address, sent | {"verdict": "take_back"})
    assert page(desk_client, kept).context["came"].by_hand == 0


def _everybody(world: World) -> list[int]:
    return list(type(world.lara).objects.values_list("pk", flat=True))


def _behind(world: World, number: int) -> list[int]:
    return queries.announced_people(world.users[Role.DESK], number)


def _released_alone(world: World, persons: list[int]) -> tuple[str, int]:
    """The code and detention of the one of them who was released outside every window."""
    people = type(world.lara).objects.filter(pk__in=persons, facts__kind="release")
    person = people.get()
    return person.code, person.detentions.get().pk


def test_a_case_that_is_not_there_is_said_beside_the_field(kept: int, desk_client: Client) -> None:
    for code in ("ZZZZ-ZZZZ-ZZ", "nada", "0000-0000-00"):
        answer = desk_client.post(f"/anuncios/{kept}/", {"caso": code})
        assert answer.status_code == HTTPStatus.OK
        assert answer.context["case_form"].errors


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"code": "x"},
        {"code": "0000-0000-00", "detention": "1", "verdict": "this"},
        {"code": "0000-0000-00", "detention": "-1", "verdict": "this"},
        {"code": "0000-0000-00", "detention": "9" * 30, "verdict": "none"},
        {"code": "\x00", "detention": "1", "verdict": "maybe"},
    ],
)
def test_an_attribution_that_makes_no_sense_changes_nothing(
    kept: int, desk_client: Client, sent: dict[str, str]
) -> None:
    answer = desk_client.post(reverse("claims:attribute", args=[kept]), sent, follow=True)
    assert answer.status_code == HTTPStatus.OK
    assert page(desk_client, kept).context["came"].by_hand == 0


def test_names_are_decided_from_the_page(world: World, desk_client: Client) -> None:
    number = world.announcement
    shown = page(desk_client, number)
    line, near = shown.context["names"][0]
    assert (line.name, [one.case.code for one in near][:1]) == ("Persona Inventada Laral", [world.lara.code])
    address = reverse("claims:decide_name", args=[line.number])
    desk_client.post(address, {"code": world.lara.code, "grupo": "undecided"})
    assert page(desk_client, number).context["page"].listed[0].code == world.lara.code
    desk_client.post(address, {"verdict": "retract", "grupo": "held"})
    assert page(desk_client, number).context["page"].listed[0].code == ""
    desk_client.post(address, {"typed": world.zulia.code.lower()})
    assert page(desk_client, number).context["page"].listed[0].code == world.zulia.code


@pytest.mark.parametrize("sent", [{}, {"typed": "nada"}, {"verdict": "perhaps"}, {"grupo": "//evil"}])
def test_a_decision_that_makes_no_sense_is_told_and_changes_nothing(
    world: World, desk_client: Client, sent: dict[str, str]
) -> None:
    address = reverse("claims:decide_name", args=[world.listed])
    answer = desk_client.post(address, sent)
    assert answer["Location"].startswith(f"/anuncios/{world.announcement}/")
    assert page(desk_client, world.announcement).context["page"].counts.by["undecided"] == 2


def test_names_of_a_list_are_not_for_readers(world: World, signed_in: SignedIn) -> None:
    text = page(signed_in(world.users[Role.READER]), world.announcement).content.decode()
    assert "Persona Inventada" not in text
    assert "Los nombres los ve" in text


def test_a_long_list_comes_by_pages(world: World, desk_client: Client) -> None:
    number = services.announce(world.users[Role.DESK], given())
    services.add_names(
        world.users[Role.DESK], number, "\n".join(f"Nombre Inventado {'x' * n}" for n in range(1, 40))
    )
    first, last = page(desk_client, number), page(desk_client, number, p="7")
    assert len(first.context["names"]) == 6
    assert first.context["more"]
    assert len(last.context["names"]) == 3
    assert not last.context["more"]


@pytest.mark.parametrize("step", ["x", "9" * 30, "9" * 5000, "-5", "1.5"])
def test_a_step_that_makes_no_sense_is_refused(kept: int, desk_client: Client, step: str) -> None:
    answer = desk_client.get(reverse("claims:people", args=[kept]), {"paso": step})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    wrong = desk_client.get(reverse("claims:people", args=[kept]), {"cuales": "all"})
    assert wrong.status_code == HTTPStatus.BAD_REQUEST


def test_statements_are_entered_corrected_and_withdrawn(desk_client: Client) -> None:
    desk_client.post("/declaraciones/nueva/", SAID)
    made = Statement.objects.latest("pk")
    assert (made.hour, made.mark) == ("20:15", "Lo niega")
    desk_client.post(f"/declaraciones/{made.pk}/corregir/", SAID | {"mark": "Lo admite"})
    shown = desk_client.get("/declaraciones/")
    assert "Lo admite" in shown.content.decode()
    ((_line, (before,)),) = (one for one in shown.context["lines"] if one[0].number == made.pk)
    assert before.mark == "Lo niega"
    again = desk_client.get(f"/declaraciones/{made.pk}/corregir/").content.decode()
    assert 'value="20:15"' in again
    desk_client.post(f"/declaraciones/{made.pk}/retirar/")
    shown = desk_client.get("/declaraciones/")
    assert made.pk not in [line.number for line, _before in shown.context["lines"]]
    assert [line.number for line in shown.context["withdrawn"]] == [made.pk]
    refused = desk_client.post("/declaraciones/nueva/", SAID | {"address": "javascript:alert(1)"})
    assert refused.status_code == HTTPStatus.BAD_REQUEST


def test_what_was_said_is_marked_on_the_daily_chart_and_nothing_about_cause(
    world: World, desk_client: Client
) -> None:
    answer = desk_client.get("/balance/", {"al": "2026-02-10", "desde": "2026-02-03"})
    found = [(one["day"], one["words"]) for one in answer.context["releases"]["marks"]]
    assert found == [
        (date(2026, 2, 1), "Ministerio Inventado: Salidas anunciadas"),
        (date(2026, 2, 1), "Ministra inventada: Dice que no queda nadie"),
    ]
    text = answer.content.decode()
    assert text.count("c-dotnum") == 2 * 2  # wide and narrow
    assert "No dicen que una cosa causara la otra" in text
    asked = {"al": "2026-02-10", "desde": "2026-02-03", "conocido": "2026-02-10"}
    then = desk_client.get("/balance/", asked)
    assert then.context["releases"]["marks"] == []  # nobody had entered them by then


def test_marks_are_for_those_who_read_claims(world: World) -> None:
    days = date(2026, 1, 1), date(2026, 3, 1)
    assert len(marks(world.users[Role.READER], *days)) == 2
    assert marks(world.users[Role.VOLUNTEER], *days) == []


def test_every_page_speaks_english_too(world: World, kept: int, desk_client: Client) -> None:
    desk_client.post("/idioma/", {"language": "en", "next": "/"})
    for address in ("/anuncios/", f"/anuncios/{kept}/", "/anuncios/nuevo/", "/declaraciones/"):
        text = desk_client.get(address).content.decode()
        assert 'lang="en"' in text
        assert "Announcements" in text
