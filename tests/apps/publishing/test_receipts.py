"""A family's receipt: of a built edition, checked with its published files, given to who sees the case."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.publishing import queries, services
from constancia.apps.register.models import Person
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from constancia.infra import unlocked
from constancia.verifier.report import OK, StepResult
from constancia.verifier.steps import Asked, verify
from tests.apps.publishing.audited import BUILT, Audited, built
from tests.apps.publishing.crowd import Crowd, publish
from tests.apps.publishing.pages import words
from tests.support import editions, published
from tests.support.world import SignedIn

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def edition(desk: User, second: User, crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> Audited:
    return built(desk, second, crowd, monkeypatch)


def last_step(edition: Audited, receipt: str) -> StepResult:
    return verify(Asked(edition.asked().bundle, receipt=receipt)).steps[-1]


def test_a_receipt_is_checked_with_the_published_edition_and_nothing_else(edition: Audited) -> None:
    (mine,) = queries.receipts(edition.desk, edition.lara[0], 1)
    assert mine.counted[""] == ""
    step = last_step(edition, str(mine.receipt))
    assert (step.number, step.result) == (17, OK)
    assert {one.word for one in step.seen} == {"counted", "counted_in"}
    # The control: one symbol of another row.
    rows = str(mine.receipt).split("\n")
    other = last_step(edition, "\n".join([rows[1], rows[0], *rows[2:]]))
    assert (other.code, other.params) == ("proof.receipt_row", {"row": 1})


def test_every_receipt_is_of_another_line(edition: Audited) -> None:
    found = [queries.receipts(edition.desk, one.code, 1)[0].receipt for one in edition.people]
    assert {one.index for one in found} == set(range(12))
    assert len({one.key for one in found}) == 12


def test_who_is_released_stands_on_the_roster_and_is_not_counted(
    edition: Audited, second: User, crowd: Crowd
) -> None:
    crowd.released(edition.people[0], "2026-02-26", BUILT + timedelta(days=2))
    (later,) = crowd.add(1, at=BUILT + timedelta(days=3))
    when = BUILT + timedelta(days=7)
    services.build(edition.desk, publish(edition.desk, second, when, when.date()), at=when + HOUR)
    (released,) = queries.receipts(edition.desk, edition.lara[0], 2)
    assert released.counted == {}
    (still,) = queries.receipts(edition.desk, edition.lara[1], 2)
    assert still.counted[""] == ""
    # Of the first edition he still is, and the two receipts have nothing in common but their line.
    (before,) = queries.receipts(edition.desk, edition.lara[0], 1)
    assert before.counted[""] == ""
    assert before.receipt.index == released.receipt.index
    assert before.receipt.key != released.receipt.key
    with pytest.raises(InputRefused, match=r"receipt\.later"):
        queries.receipts(edition.desk, later.code, 1)


def test_somebody_of_another_region_gets_the_answer_of_a_case_that_does_not_exist(
    edition: Audited, lara: User, zulia: User, volunteer: User, signed_in: SignedIn
) -> None:
    assert queries.receipts(lara, edition.lara[0], 1)  # the control
    answers = []
    for code in (edition.lara[0], "ZZZZ-ZZZZ-ZZ"):
        with pytest.raises(NotFound) as refused:
            queries.receipts(zulia, code, 1)
        page = signed_in(zulia).post(f"/expediente/{code}/recibo/")
        answers.append((refused.value.code, page.status_code, words(page)))
    assert answers[0] == answers[1]
    assert answers[0][:2] == ("case.not_found", 404)
    with pytest.raises(NotAllowed):
        queries.receipts(volunteer, edition.lara[0], 1)


def test_where_there_is_nothing_to_give_it_is_said(edition: Audited, second: User) -> None:
    with pytest.raises(NotFound, match=r"edition\.not_found"):
        queries.receipts(edition.desk, edition.lara[0], 9)
    publish(edition.desk, second, BUILT + timedelta(days=7))
    with pytest.raises(InputRefused, match=r"edition\.not_built"):
        queries.receipts(edition.desk, edition.lara[0], 2)
    person = Person.objects.get(code=edition.lara[0])
    unlocked.codec().forget(bytes(person.subject))
    with pytest.raises(InputRefused, match=r"receipt\.forgotten"):
        queries.receipts(edition.desk, edition.lara[0], 1)


def test_an_edition_from_before_the_roster_has_none(desk: User, second: User, crowd: Crowd) -> None:
    (person,) = crowd.add(1)
    made = published.edition(desk, editions.content())
    with pytest.raises(InputRefused, match=r"receipt\.no_totals"):
        queries.receipts(desk, person.code, made.number)


def test_the_page_shows_four_rows_and_is_kept_nowhere(
    edition: Audited, lara: User, signed_in: SignedIn
) -> None:
    client = signed_in(lara)
    address = f"/expediente/{edition.lara[0]}/recibo/"
    assert client.get(address).status_code == 405
    assert address in client.get(f"/expediente/{edition.lara[0]}/").content.decode()
    answer = client.post(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    (mine,) = queries.receipts(lara, edition.lara[0], 1)
    assert all(row in answer.content.decode() for row in str(mine.receipt).split("\n"))
    said = words(answer)
    assert "Este caso está contado, una vez, entre las personas detenidas." in said
    assert "Personas detenidas por sexo Hombres" in said
    assert client.post(address, {"edicion": "1"}).status_code == 200
    assert client.post(address, {"edicion": "7"}).status_code == 404
    client.post("/idioma/", {"language": "en", "next": "/"})
    assert "This case is counted, once" in words(client.post(address))


def test_what_is_printed_of_the_page_names_nobody_and_no_organisation(
    edition: Audited, lara: User, signed_in: SignedIn
) -> None:
    html = signed_in(lara).post(f"/expediente/{edition.lara[0]}/recibo/").content.decode()
    (sheet,) = re.findall(r'<pre class="receipt-rows">(.*?)</pre>', html, re.DOTALL)
    assert re.fullmatch(r"(?:[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\n){4}", sheet)
    main = html[html.index("<main") : html.index("</main>")].replace(sheet, "")
    shown = re.findall(r"<(?:p|h1|div|form|dl)\b[^>]*>", main)
    outer = [tag for tag in shown if "no-print" in tag]
    assert len(outer) == 5
