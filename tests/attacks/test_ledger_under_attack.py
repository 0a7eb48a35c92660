"""Rows of the list of attacks that meet the ledger and the register together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connections

from constancia.apps.accounts.models import User
from constancia.apps.ledger import models
from constancia.apps.ledger.queries.checking import check
from constancia.apps.ledger.services import sealing
from constancia.apps.publishing import services
from constancia.apps.publishing.access import content_of, edition_of
from constancia.apps.publishing.services import building
from constancia.apps.register import committing
from constancia.apps.register.models import Fact
from constancia.apps.register.vouching import vouch
from constancia.domain.errors import InputRefused
from constancia.domain.publishing.canonical import content_bytes
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.manifest import CONTENT
from constancia.infra import unlocked
from constancia.verifier.command import asked_of
from constancia.verifier.steps import verify
from tests.apps.publishing.crowd import A_MINUTE, PUBLISHED, Crowd, draft, publish
from tests.support.cast import NewCase

NEXT_WEEK, NEXT = PUBLISHED + timedelta(days=7), date(2026, 3, 3)


@pytest.fixture
def crowd(desk: User, second: User) -> Crowd:
    return Crowd(desk, second)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Editions of their content alone: reports and pictures are not what this is about."""
    monkeypatch.setattr(building, "files_of", _content_alone)


def _content_alone(content: Content, *_: object) -> dict[str, bytes]:
    return {CONTENT: content_bytes(content)}


@pytest.mark.django_db
def test_row_24_what_the_log_says_of_somebody_whose_key_is_destroyed_is_nothing_and_it_still_verifies(
    desk: User, case: NewCase
) -> None:
    person = case(desk, "Onésimo Urdaneta", released="2026-02-01")
    facts = person.facts.count()
    case(desk, "Yusmary Peña")
    sealing.seal()
    assert unlocked.codec().forget(bytes(person.subject))
    found = vouch()
    assert (found["sealed"], found["altered"], found["missing"]) == (facts + 1, 0, 0)
    assert (
        committing.roots_of_cases([(person.detentions.get().pk, person.pk)], committing.people([person.pk]))
        == []
    )
    sealing.seal()
    assert check().clean


@pytest.mark.django_db
@pytest.mark.usefixtures("bare")
def test_row_24_a_cut_after_that_has_the_line_and_does_not_count_it(
    desk: User, second: User, crowd: Crowd
) -> None:
    people = crowd.add(8)
    unlocked.codec().forget(people[0].subject)
    number = publish(desk, second)
    folder = services.build(desk, number)
    report = verify(asked_of(str(folder), None, None, None))
    assert report.holds, report.shape()
    assert len((folder / "prueba" / "casos.txt").read_text().splitlines()) == 8


@pytest.mark.django_db
def test_row_25_a_figure_whose_difference_with_last_week_isolates_one_person_is_refused_before_any_proof(
    desk: User, second: User, crowd: Crowd
) -> None:
    crowd.add(20, nationality="national")
    (foreigner, *_) = crowd.add(12, nationality="foreign", state="zulia")
    publish(desk, second)
    crowd.released(foreigner, "2026-02-27", PUBLISHED + timedelta(days=3))
    number = draft(desk, NEXT_WEEK, NEXT)
    found = services.check(desk, number, at=NEXT_WEEK + A_MINUTE)
    assert found.findings[0]["code"] == "difference"
    with pytest.raises(InputRefused, match=r"edition\.refused"):
        services.approve(second, number, found.sha256, at=NEXT_WEEK + 2 * A_MINUTE)
    assert not models.Entry.objects.filter(about="edition").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("bare")
def test_row_25_a_region_with_one_case_is_no_cell_of_a_proof(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(20)
    crowd.add(1, state="zulia", sex="woman")
    folder = services.build(desk, publish(desk, second))
    content = content_of(edition_of(1))
    shown = {cell.value for table in content.tables for cell in table.cells if "" not in cell.key}
    assert 1 not in shown
    totals = (folder / "prueba" / "totales.json").read_text()
    assert ":1," not in totals.partition('"sums"')[2]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("bare")
def test_row_38_an_edition_cut_while_everybody_writes_is_the_one_of_its_cut(
    desk: User, second: User, crowd: Crowd
) -> None:
    people = crowd.add(24)
    number = publish(desk, second)
    held = content_of(edition_of(number)).figure("held")
    assert held is not None
    failed: list[BaseException] = []
    releasing = [_thread(_releases(crowd, people[at::4]), failed) for at in range(4)]
    sealer = _thread(lambda: [sealing.seal() for _ in range(3)], failed)
    built: list[Path] = []
    builder = _thread(lambda: built.append(services.build(desk, number)), failed)
    for one in (*releasing, sealer, builder):
        one.join()
    assert failed == []
    report = verify(asked_of(str(built[0]), None, None, None))
    assert report.holds, report.shape()
    assert held.value == 24
    assert Fact.objects.filter(kind="release").count() == 24
    assert check().clean
    assert not {"altered", "missing", "gone"} & set(+vouch())


def _releases(crowd: Crowd, some: list[object]) -> Callable[[], object]:
    def release() -> None:
        for person in some:
            crowd.released(person, "2026-02-20", PUBLISHED + timedelta(hours=1))  # type: ignore[arg-type]

    return release


def _thread(work: Callable[[], object], failed: list[BaseException]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    started = threading.Thread(target=run)
    started.start()
    return started
