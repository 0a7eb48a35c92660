"""The balance and the explorer as pages: what they count is what the queries count."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.figures import queries
from constancia.apps.figures.present import Present, present
from constancia.apps.register import services as register
from constancia.apps.register.services import FactGiven, SourceGiven
from constancia.domain.vocabulary.terms import Role, SourceKind, Verdict
from constancia.infra import clock
from tests.support.world import SignedIn, World

ASKED = {"cifra": "held", "regla": "all_detained", "grado": "reported", "al": "2026-02-01"}


def test_the_explorer_shows_the_figure_and_its_table(world: World, signed_in: SignedIn) -> None:
    desk = world.users[Role.DESK]
    asked = ASKED | {"conocido": clock.now().date().isoformat(), "por": "state"}
    answer = signed_in(desk).get("/cifras/", asked)
    assert answer.context["figure"]["value"] == 2
    assert [row["label"] for row in answer.context["breakdown"]] == ["Lara", "Zulia"]
    assert b"<svg" in answer.content
    assert "Ver los datos" in answer.content.decode()


def test_the_file_holds_the_same_numbers_and_says_what_they_are(world: World, signed_in: SignedIn) -> None:
    asked = ASKED | {"conocido": clock.now().date().isoformat(), "por": "state", "desde": "2026-01-25"}
    answer = signed_in(world.users[Role.READER]).get("/cifras/csv/", asked)
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    series = [row for row in rows if not row["dimension"]]
    assert [row["as_of"] for row in series] == [f"2026-01-{day}" for day in range(25, 32)] + ["2026-02-01"]
    assert {row["value"] for row in series} == {"2"}
    assert {row["category"]: row["value"] for row in rows if row["dimension"]} == {"lara": "1", "zulia": "1"}
    assert {row["rule"] for row in rows} == {"all_detained"}


def test_a_figure_over_months_says_how_many(world: World, signed_in: SignedIn) -> None:
    answer = signed_in(world.users[Role.READER]).get("/cifras/", ASKED | {"cifra": "held_over_months"})
    assert answer.context["label"] == "Detenidas más de 36 meses sin condena"


def test_a_coordinator_sees_the_total_and_only_their_own_people(world: World, signed_in: SignedIn) -> None:
    asked = ASKED | {"conocido": clock.now().date().isoformat()}
    client = signed_in(world.users[Role.COORDINATOR])
    assert client.get("/cifras/", asked).context["figure"]["value"] == 2
    page = client.get("/cifras/personas/", asked).content.decode()
    assert world.lara.code in page
    assert world.zulia.code not in page


def test_a_reader_of_figures_is_offered_no_way_to_the_people(world: World, signed_in: SignedIn) -> None:
    page = signed_in(world.users[Role.READER]).get("/cifras/", ASKED | {"por": "sex"}).content.decode()
    assert "/cifras/personas/" not in page


def test_the_balance_closes_on_the_page(world: World, signed_in: SignedIn) -> None:
    with clock.frozen(clock.now()):
        answer = signed_in(world.users[Role.DESK]).get("/balance/", {"desde": "2026-01-01"})
        change = answer.context["change"]
        moved = sum(term["value"] for term in change["terms"])
        assert change["opening"] + moved == change["closing"] == answer.context["held"]["value"]


def test_every_number_of_the_balance_leads_to_as_many_people(world: World, signed_in: SignedIn) -> None:
    desk, administrator = world.users[Role.DESK], world.users[Role.ADMINISTRATOR]
    register.review(administrator, world.lara.facts.get(kind="arrest").pk, Verdict.CONFIRM)
    woman = [FactGiven("sex", {"value": "woman"})]
    register.add_facts(desk, world.lara.code, facts=woman, source=SourceGiven(SourceKind.RELATIVE))
    client = signed_in(desk)
    page = client.get("/balance/", {"desde": "2025-12-01", "regla": "all_detained"})
    found = page.context
    led = [(found["behind"]["held"], found["held"]["value"]), (found["behind"]["opening"], 0)]
    led += [(found["behind"][which], found["held"][which]) for which in ("pending_in", "pending_out")]
    led += [(term["address"], abs(term["value"])) for term in found["change"]["terms"]]
    led += [(part["address"], part["value"]) for pair in found["pairs"] for part in pair["parts"]]
    assert len([number for _, number in led if number]) == 4
    for address, number in led:
        answer = client.get(address)
        assert (answer.status_code, answer.context["total"]) == (200, number), address
    reader = signed_in(world.users[Role.READER]).get("/balance/").content.decode()
    assert "/personas/" not in reader


def test_the_balance_opens_with_what_waits_for_whoever_may_review(world: World, signed_in: SignedIn) -> None:
    desk = signed_in(world.users[Role.DESK]).get("/balance/")
    assert desk.context["work"]["waiting"] > 0
    assert signed_in(world.users[Role.READER]).get("/balance/").context["work"] == {}


def test_today_is_the_day_of_the_organisation(world: World) -> None:
    with clock.frozen(datetime(2026, 3, 2, 2, 0, tzinfo=UTC)):
        assert queries.today().isoformat() == "2026-03-01"


def test_a_demonstration_opens_on_the_last_day_of_its_story(
    world: World, signed_in: SignedIn, settings: Any
) -> None:
    settings.CONSTANCIA_DEMONSTRATION = True
    today = queries.today()
    assert present() == Present(today, today), "nothing was told before the first user came"
    User.objects.update(created_at=datetime(2099, 1, 1, tzinfo=UTC))
    assert present() == Present(today, today)
    with clock.frozen(datetime(2098, 6, 1, 12, tzinfo=UTC)):
        assert present() == Present(today, today), "the story ended; nothing is known since"
        User.objects.update(created_at=datetime(2097, 1, 1, tzinfo=UTC))
        register.add_facts(
            world.users[Role.DESK],
            world.lara.code,
            facts=[FactGiven("occupation", {"detail": "maestra"})],
            source=SourceGiven(SourceKind.RELATIVE),
        )
        assert present() == Present(today, date(2098, 6, 1)), "what a visitor records is known at once"
