"""Whatever shows somebody, or lets something out, is noted before; words that were searched for never are."""

from __future__ import annotations

import csv
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.register import noting, queries
from constancia.apps.register.queries import Filters
from constancia.apps.register.services import FactGiven, add_facts
from constancia.domain.errors import NotFound, StoreRefused
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.domain.vocabulary.labels import label
from constancia.domain.vocabulary.terms import ConsentTier, Role
from constancia.infra import clock, trail
from tests.support.approvals import exported
from tests.support.cast import SEEN, NewCase, on
from tests.support.world import SignedIn, World

pytestmark = pytest.mark.django_db


def latest() -> trail.Event:
    (event,) = trail.events(limit=1)
    return event


def test_reading_a_case_is_noted(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta")
    queries.case(desk, person.code)
    assert (latest().actor, latest().deed, latest().number) == (desk.pk, Deed.CASE_READ, person.pk)


def test_what_cannot_be_noted_is_not_shown(
    desk: User, case: NewCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = case(desk, "Onésimo Urdaneta")

    def full(*_: object, **__: object) -> int:
        raise StoreRefused("store.full")

    monkeypatch.setattr(trail, "note", full)
    for read in (
        lambda: queries.case(desk, person.code),
        lambda: queries.search(desk, "urdaneta"),
        lambda: queries.names_of(desk, [person.pk]),
        lambda: queries.lines_of(desk, [person.pk]),
        lambda: next(noting.leaving(desk, "cases", {}, ["head"])),
    ):
        with pytest.raises(StoreRefused):
            read()


def test_a_search_is_noted_by_who_was_found_and_by_a_fingerprint(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta")
    queries.search(desk, "Urdaneta  ONÉSIMO", Filters(custody="in_custody", state="lara", place="La Casona"))
    said = latest().said
    assert (latest().deed, said["n"], said["people"]) == (Deed.SEARCHED, 0, [])
    queries.search(desk, "onesimo urdaneta")
    assert (latest().said["sought"], latest().said["people"]) == (said["sought"], [person.pk])
    assert said["filters"].keys() == {"custody", "state", "place"}
    assert (said["filters"]["custody"], said["filters"]["state"]) == ("in_custody", "lara")
    assert "urdaneta" not in str(said).casefold()
    assert "casona" not in str(said).casefold()


def test_a_list_is_one_event_with_its_people_and_a_long_one_only_tells_how_many(desk: User) -> None:
    noting.listed(desk, [3, 1, 2, 2], "behind")
    assert latest().said == {"where": "behind", "n": 3, "people": [1, 2, 3]}
    noting.listed(desk, range(noting.LONGEST + 1), "behind")
    assert latest().said == {"where": "behind", "n": noting.LONGEST + 1}
    before = latest().seq
    noting.listed(desk, [], "behind")
    assert latest().seq == before


def test_an_export_is_noted_when_asked_for_and_when_it_has_left(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.DESK])
    answer = exported(client, world.users[Role.ADMINISTRATOR], {"text": "persona inventada"})
    sent = answer.getvalue()
    left, asked = trail.events("deed = ?", (Deed.EXPORTED.value,), limit=2)
    assert asked.said["what"] == "cases"
    assert "sought" in asked.said
    assert left.said["of"] == asked.seq
    assert left.said["sha256"] == sha256(sent).hexdigest()
    assert left.said["lines"] == 1 + 1 + 1 + 2  # mark, whose it is, head, two cases


def test_every_row_that_leaves_says_what_may_be_published_of_the_person(
    world: World, signed_in: SignedIn
) -> None:
    desk = world.users[Role.DESK]
    yesterday = (clock.now().date() - timedelta(days=2)).isoformat()
    ended = FactGiven("consent", {"tier_given": "public_name", "until": yesterday}, on("2026-01-01"))
    add_facts(desk, world.lara.code, facts=[ended], source=SEEN)
    given = FactGiven("consent", {"tier_given": "public_name"}, on("2026-01-01"))
    add_facts(desk, world.zulia.code, facts=[given], source=SEEN)
    approver = world.users[Role.ADMINISTRATOR]
    sent = exported(signed_in(desk), approver, {"text": "persona inventada"}).getvalue().decode()
    _mark, head, *rows = csv.reader(sent.lstrip("\ufeff").splitlines())
    at = head.index("consentimiento para la lista")
    assert {row[0]: row[at] for row in rows} == {
        world.lara.code: label(ConsentTier.PUBLIC_ANONYMOUS),
        world.zulia.code: label(ConsentTier.PUBLIC_NAME),
    }


def test_an_export_that_breaks_off_says_so(desk: User) -> None:
    rows = noting.leaving(desk, "cases", {}, ["head", "one", "two"])
    next(rows)
    rows.close()  # type: ignore[attr-defined]
    assert latest().said == {"what": "cases", "of": latest().seq - 1, "lines": 1, "broken_off": True}


def test_asvs_16_3_2_a_refusal_is_noted_with_whose_case_it_would_have_been(
    world: World, signed_in: SignedIn
) -> None:
    coordinator = world.users[Role.COORDINATOR]
    client = signed_in(coordinator)
    theirs = client.get(f"/expediente/{world.zulia.code}/")
    noted = latest()
    nothing = client.get("/expediente/ZZZZ-ZZZZ-ZZ/")
    assert theirs.status_code == nothing.status_code == HTTPStatus.NOT_FOUND
    assert (noted.actor, noted.deed, noted.outcome) == (coordinator.pk, Deed.REFUSED, Outcome.REFUSED)
    assert (noted.about, noted.number) == ("person", world.zulia.pk)
    assert noted.said == {"view": "register:case", "code": "case.not_found"}
    assert (latest().about, latest().number) == ("page", None)
    signed_in(world.users[Role.READER]).get("/registro/")
    assert latest().said == {"view": "register:search", "code": "permission"}


def test_a_forged_form_is_noted_and_nobody_can_bury_the_trail_under_them(
    world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("constancia.web.refusals.MOST_FORGED", 3)
    client = signed_in(world.users[Role.DESK], enforce_csrf_checks=True)
    client.post("/registro/", {"text": "x"})
    assert (latest().actor, latest().said) == (world.users[Role.DESK].pk, {"code": "forged"})
    client.logout()
    for _ in range(5):
        client.post("/entrar/", {"username": "x"})
    assert len(trail.events("actor IS NULL AND deed = ?", (Deed.REFUSED.value,))) == 3


def test_pages_of_figures_alone_are_not_noted(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.DESK])
    before = trail.last()
    for path in ("/balance/", "/cifras/", "/cuenta/"):
        assert client.get(path).status_code == HTTPStatus.OK
    assert trail.last() == before


def test_a_case_that_is_not_there_is_no_reading(desk: User) -> None:
    with pytest.raises(NotFound):
        queries.case(desk, "ZZZZ-ZZZZ-ZZ")
    assert trail.last()[0] == 0
