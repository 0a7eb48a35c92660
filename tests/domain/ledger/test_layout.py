"""Which tables are proven, and in which order."""

from __future__ import annotations

from typing import Any

import pytest

from constancia.domain.ledger.layout import MOST_CELLS, TOTAL, Cells, Layout, named
from constancia.domain.ledger.refused import ProofRefused
from tests.support.small_totals import LAYOUT


def test_a_layout_is_read_as_it_is_written() -> None:
    assert Layout.read(LAYOUT.as_json()) == LAYOUT
    assert Layout((TOTAL,)) == Layout.read([{"table": "", "cells": [""]}])


def test_places_come_in_order_the_total_first() -> None:
    assert list(LAYOUT.places()) == [
        ("", ""), ("by_sex", "man"), ("by_sex", "woman"),
        ("profile", "civilian"), ("profile", "foreigner+military"),
    ]  # fmt: skip
    assert [named(*one) for one in list(LAYOUT.places())[:2]] == ["total", "by_sex/man"]


def test_cells_of_two_dimensions_may_be_merged() -> None:
    cells = Cells("by_sex_and_profile", ("man/civilian+woman/civilian", "man/military", "woman/military"))
    assert Layout((TOTAL, cells)).tables[1] == cells


@pytest.mark.parametrize(
    "tables",
    [
        (),
        (Cells("a", ("x",)),),
        (Cells("a", ("x",)), TOTAL),
        (TOTAL, TOTAL),
        (TOTAL, Cells("a", ("x",)), Cells("a", ("y",))),
        (TOTAL, Cells("a", ("x", "x"))),
        (TOTAL, Cells("a", ())),
        (TOTAL, Cells("a", ("",))),
        (TOTAL, Cells("", ("x",))),
        (TOTAL, Cells("a b", ("x",))),
        (TOTAL, Cells("a", ("x\n",))),
        (TOTAL, Cells("a", ("y+x",))),
        (TOTAL, Cells("a", ("x+x",))),
        (TOTAL, Cells("a", ("x+y", "y"))),
        (TOTAL, Cells("a", ("x+",))),
        (TOTAL, Cells("a", ("x//y",))),
        (TOTAL, Cells("a", ("x\x7f",))),
        (TOTAL, Cells("a", tuple(f"c{at}" for at in range(MOST_CELLS)))),
    ],
)
def test_another_layout_is_refused(tables: tuple[Cells, ...]) -> None:
    with pytest.raises(ProofRefused) as refused:
        Layout(tables)
    assert refused.value.code == "proof.layout"


@pytest.mark.parametrize(
    "value",
    [
        None, {}, [None], [{"table": ""}], [{"table": "", "cells": [""], "more": 1}],
        [{"table": 1, "cells": [""]}],
        [{"table": "", "cells": ""}], [{"table": "", "cells": [1]}],
    ],
)  # fmt: skip
def test_what_is_no_layout_is_refused(value: Any) -> None:
    with pytest.raises(ProofRefused) as refused:
        Layout.read(value)
    assert refused.value.code == "proof.layout"
