"""Several people at once: a draft becomes one edition, and no word given meanwhile is passed over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from constancia.apps.accounts.models import User
from constancia.apps.publishing import queries, services
from constancia.apps.publishing.models import Build, Check, Edition
from constancia.apps.publishing.services.building import folder_of
from constancia.apps.register.recording import Recorder
from constancia.domain.errors import ConstanciaError
from constancia.domain.vocabulary.terms import Reliability, Role, SourceKind
from constancia.infra import clock
from tests.apps.publishing.crowd import Crowd, D, draft, publish

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed came to, an error's code where it failed, all begun at the same moment."""
    found: list[Any] = [None] * len(deeds)
    ready = threading.Barrier(len(deeds))

    def work(place: int, deed: Callable[[], Any]) -> None:
        try:
            ready.wait(10)
            found[place] = deed()
        except ConstanciaError as error:
            found[place] = error.code
        except Exception as error:
            found[place] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=given) for given in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@pytest.fixture
def third(db: None) -> User:
    user = User(username="tercera", display_name="Tercera", role=Role.DESK, created_at=clock.now())
    user.set_unusable_password()
    user.save()
    return user


def test_two_who_approve_the_same_draft_make_one_edition(
    desk: User, second: User, third: User, crowd: Crowd
) -> None:
    crowd.add(9)
    number = draft(desk)
    checked = services.check(desk, number)
    found = at_once(
        lambda: services.approve(second, number, checked.sha256),
        lambda: services.approve(third, number, checked.sha256),
    )
    assert sorted(map(str, found)) in (["1", "edition.approved"], ["1", "edition.stale"])
    assert Edition.objects.count() == 1


def test_of_two_drafts_one_becomes_the_next_edition_and_the_other_is_stale(
    desk: User, second: User, third: User, crowd: Crowd
) -> None:
    crowd.add(9)
    numbers = [draft(desk), draft(desk, as_of=D - timedelta(days=1))]
    digests = [services.check(desk, one).sha256 for one in numbers]
    found = at_once(
        lambda: services.approve(second, numbers[0], digests[0]),
        lambda: services.approve(third, numbers[1], digests[1]),
    )
    assert sorted(map(str, found)) == ["1", "edition.stale"]


@pytest.mark.drawn_anew
def test_two_who_build_at_once_make_the_same_files(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(9)
    number = publish(desk, second)
    found = at_once(*[lambda: services.build(desk, number)] * 3)
    assert found == [folder_of(number)] * 3
    assert Build.objects.count() == 1
    assert all(step.held for step in queries.verify(desk, number))
    assert not [*folder_of(number).parent.glob(f".{number}.*")]


def test_a_word_that_is_being_recorded_is_waited_for(desk: User, second: User, crowd: Crowd) -> None:
    person, *_ = crowd.add(9)
    number = draft(desk)
    begun, finish = threading.Event(), threading.Event()

    def recording() -> None:
        try:
            with Recorder(desk) as recorder:
                source = recorder.source(SourceKind.RELATIVE, label="Hermana", reliability=Reliability.A)
                recorder.fact("consent", person, fields={"tier_given": "internal"}, source=source)
                begun.set()
                finish.wait(20)
        finally:
            connection.close()

    recorder = threading.Thread(target=recording)
    recorder.start()
    assert begun.wait(20)
    threading.Timer(1.5, finish.set).start()  # the check begins while the word is not kept yet
    checked = services.check(desk, number)
    recorder.join(20)
    held = checked.content.figure("held")
    assert held is not None
    assert held.value == 8
    assert Check.objects.get().frozen_at > clock.now() - timedelta(minutes=5)
    assert services.check(desk, number).sha256 == checked.sha256
