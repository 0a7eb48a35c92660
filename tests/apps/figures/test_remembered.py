from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from constancia.apps.figures import remembered as module
from constancia.apps.figures.remembered import remembered
from constancia.apps.register import models, services
from constancia.domain.vocabulary.terms import Grade, Verdict
from tests.support.cast import TOLD


class Counting:
    """Answers 1, 2, …"""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_an_answer_is_kept_until_the_register_changes(desk: Any, case: Any) -> None:
    case(desk, "Una Inventada")
    count = Counting()
    assert [remembered("q", count), remembered("q", count)] == [1, 1]
    assert remembered("other", count) == 2
    case(desk, "Otra Inventada")
    assert remembered("q", count) == 3


def test_what_counts_verified_entries_is_kept_until_one_is_verified(
    desk: Any, second: Any, case: Any
) -> None:
    case(desk, "Una Inventada")
    count = Counting()
    assert remembered("q", count, Grade.VERIFIED) == 1
    person = case(desk, "Otra Inventada", source=TOLD)
    assert remembered("q", count, Grade.VERIFIED) == 1
    assert remembered("q", count, Grade.REPORTED) == 2
    arrest = models.Fact.objects.get(person=person, kind="arrest")
    services.review(second, arrest.seq, Verdict.CONFIRM)
    assert remembered("q", count, Grade.VERIFIED) == 3


class Held:
    """In place of the snapshot: its database belongs to another thread."""

    change = 1


def test_two_who_ask_at_once_are_answered_by_one_count(monkeypatch: pytest.MonkeyPatch) -> None:
    held, count, asked, going = Held(), Counting(), Event(), Event()
    monkeypatch.setattr(module, "snapshot", lambda: held)

    def slow() -> int:
        asked.set()
        assert going.wait(20)
        return count()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(remembered, "q", slow)
        assert asked.wait(20)
        second = pool.submit(remembered, "q", slow)
        going.set()
        assert (first.result(20), second.result(20), count.times) == (1, 1, 1)


def test_where_counting_fails_the_next_one_counts(desk: Any, case: Any) -> None:
    case(desk, "Una Inventada")
    with pytest.raises(ZeroDivisionError):
        remembered("q", lambda: 1 // 0)
    assert remembered("q", Counting()) == 1
