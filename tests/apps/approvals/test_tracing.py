"""A leaked list names its export: whole, cut, sorted, or without its head; a foreign one names none."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from constancia.apps.accounts.models import User
from constancia.apps.approvals import services, tracing
from constancia.apps.register import exporting
from constancia.apps.register.queries import Filters
from constancia.domain.codes import new_code
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import trail
from tests.support.cast import NewCase

PEOPLE = 30
Rows = list[list[str]]
Traced = Callable[..., list[tuple[int, str]]]


@pytest.fixture
def exports(case: NewCase, desk: User, second: User) -> dict[int, str]:
    """Number → file, of three exports of the same thirty people and one of a single person."""
    for at in range(PEOPLE):
        case(desk, f"Zutano Inventado {at}", state="lara" if at % 2 else "zulia")
    found = {}
    asked = ((desk, second, ""), (second, desk, ""), (desk, second, ""), (desk, second, "zutano inventado 7"))
    for asker, approver, text in asked:
        number = exporting.ask(asker, text, Filters(), "para la defensa")
        services.answer(approver, number, approve=True)
        found[number] = "".join(exporting.leaving(asker, number))
    return found


@pytest.fixture
def traced(admin: User, tmp_path: Path) -> Traced:
    """traced(text or bytes, "name.csv") → the exports named, and by what."""

    def trace(content: str | bytes, name: str = "hallada.csv") -> list[tuple[int, str]]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [(one.number, one.by) for one in tracing.trace(admin, path)]

    return trace


def rows_of(file: str) -> Rows:
    return list(csv.reader(io.StringIO(file.removeprefix("\ufeff"))))


def text_of(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def test_a_list_that_leaves_says_whose_it_is_and_holds_nothing_but_the_truth(
    exports: dict[int, str], desk: User
) -> None:
    first, second, third, _ = exports
    head, columns, *_ = rows_of(exports[first])
    assert head[0].startswith(f"Constancia. Exportación {first}. La pidió Delfina, la aprobó Segundo, el 20")
    assert columns[-1] == "referencia"
    bare = {number: sorted(row[:-2] for row in rows_of(exports[number])[2:]) for number in exports}
    assert len(bare[first]) == PEOPLE
    assert bare[first] == bare[second] == bare[third]
    assert len({row[-1] for number in (first, second, third) for row in rows_of(exports[number])[2:]}) == 90
    orders = {tuple(row[0] for row in rows_of(exports[number])[2:]) for number in (first, second, third)}
    assert len(orders) == 3


def test_the_very_file_is_known(exports: dict[int, str], traced: Traced) -> None:
    for number, file in exports.items():
        assert traced(file)[0] == (number, "file")
    assert trail.events(limit=1)[0].deed is Deed.TRACED


def test_one_row_is_enough_and_so_is_a_workbook_sorted_without_its_head(
    exports: dict[int, str], traced: Traced, tmp_path: Path
) -> None:
    for number, file in exports.items():
        rows = rows_of(file)[2:]
        assert traced(text_of([rows[-1]])) == [(number, "references")]
        assert traced(f"sobre {rows[0][-1].upper()}, dijo", "nota.txt") == [(number, "references")]
        book = openpyxl.Workbook()
        for row in sorted(rows):
            book.active.append(row)
        book.save(tmp_path / "libro.xlsx")
        assert traced((tmp_path / "libro.xlsx").read_bytes(), "libro.xlsx") == [(number, "references")]


def test_two_exports_put_into_one_file_are_both_named(exports: dict[int, str], traced: Traced) -> None:
    first, second, *_ = exports
    rows = rows_of(exports[first])[2:20] + rows_of(exports[second])[2:5]
    assert traced(text_of(rows)) == [(first, "references"), (second, "references")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(seed=st.integers(), which=st.integers(0, 2), form=st.sampled_from(["csv", "utf-16"]))
def test_without_column_and_head_and_with_some_rows_gone_the_order_still_names_it(
    exports: dict[int, str], traced: Traced, seed: int, which: int, form: str
) -> None:
    number = list(exports)[which]
    rows = [row[:-1] for row in rows_of(exports[number])[2:]]
    kept = sorted(random.Random(seed).sample(range(len(rows)), 20))
    leaked = text_of([rows[at] for at in kept])
    assert traced(leaked.encode("utf-16") if form == "utf-16" else leaked) == [(number, "order")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(seed=st.integers(), count=st.integers(1, 200))
def test_a_foreign_file_names_no_export(
    exports: dict[int, str], traced: Traced, seed: int, count: int
) -> None:
    """The same people in an order of somebody's own; codes that are nobody's; words like references."""
    rng = random.Random(seed)
    own = [row[0] for row in rows_of(next(iter(exports.values())))[2:]]
    rng.shuffle(own)
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz234567", k=26)) for _ in range(count)]
    assert traced(text_of([[code] for code in own])) == []
    assert traced(text_of([[code] for code in sorted(own)])) == []
    assert traced(text_of([[new_code(), word] for word in words])) == []


def test_sorted_and_without_the_column_nothing_is_left_and_nothing_is_said(
    exports: dict[int, str], traced: Traced
) -> None:
    rows = sorted(row[:-1] for row in rows_of(next(iter(exports.values())))[2:])
    assert traced(text_of(rows)) == []


def test_a_broken_file_is_refused_in_words_or_names_nothing(exports: dict[int, str], traced: Traced) -> None:
    for content in (b"", b"\x00\xff" * 50, b"\xff\xfe\x00", b"%PDF-1.4 roto", b"PK\x03\x04roto"):
        for name in ("x.csv", "x.xlsx", "x.pdf", "x"):
            with suppress(InputRefused):
                assert traced(content, name) == []


def test_who_sees_the_trail_traces_and_nobody_else(desk: User, admin: User, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match=r"account\.not_allowed"):
        tracing.trace(desk, tmp_path / "x")
    with pytest.raises(InputRefused, match=r"approval\.file"):
        tracing.trace(admin, tmp_path / "no hay")
    with pytest.raises(InputRefused, match=r"approval\.file"):
        tracing.trace(admin, tmp_path)


def test_a_list_is_of_the_regions_and_the_people_that_were_asked_for(
    case: NewCase, desk: User, lara: User, zulia: User
) -> None:
    case(desk, "Zutana de Lara", state="lara")
    case(desk, "Mengana de Zulia", state="zulia")
    number = exporting.ask(lara, "", Filters(), "para la defensa")
    services.answer(desk, number, approve=True)
    User.objects.filter(pk=lara.pk).update(regions=["lara", "zulia"])
    with pytest.raises(NotAllowed, match=r"approval\.needed"):
        exporting.leaving(User.objects.get(pk=lara.pk), number)
    User.objects.filter(pk=lara.pk).update(regions=["lara"])
    for at in range(7):
        case(desk, f"Nueva {at}", state="lara")
    with pytest.raises(InputRefused, match=r"approval\.grown"):
        exporting.leaving(lara, number)
    again = exporting.ask(lara, "zutana", Filters(), "para la defensa")
    services.answer(desk, again, approve=True)
    assert [row[1] for row in rows_of("".join(exporting.leaving(lara, again)))[2:]] == ["Zutana de Lara"]
