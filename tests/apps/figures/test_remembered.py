from __future__ import annotations

from typing import Any

from constancia.apps.figures.remembered import remembered


def test_an_answer_is_kept_until_the_register_changes(desk: Any, case: Any) -> None:
    case(desk, "Una Inventada")
    counted: list[int] = []

    def count() -> int:
        counted.append(1)
        return len(counted)

    assert [remembered("q", count), remembered("q", count)] == [1, 1]
    assert remembered("other", count) == 2
    case(desk, "Otra Inventada")
    assert remembered("q", count) == 3
