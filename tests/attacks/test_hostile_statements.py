"""Tables and claims that nobody means, given to reconcile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from constancia.cli.main import app
from constancia.domain.claims.reconcile.report import reconcile
from tests.domain.claims.reconcile.said import total

HEAD = "stmt_id,org,measure,population,value,bound,period_from,as_of,published\n"
REFUSED = {
    "empty": b"",
    "wrong columns": b"a,b\n1,2\n",
    "no text": b"\xff\xfe\x00\xd8",
    "a hundred thousand rows": (HEAD + "s,X,stock,all,4,=,,2026-01-01,\n" * 100_000).encode(),
    "twenty megabytes": b"x" * 20_000_001,
    "a cell without end": (HEAD + '"' + "x" * 200_000).encode(),
    "json that is no claims": b'{"claims": 3}',
    "json nested without end": b"[" * 200_000,
    "json cut off": b'[{"value": 1',
}
ODD = (
    "s,X,stock,all,٤,=,,2026-01-01,\n"
    "s,=HYPERLINK(),stock,all,4,=,,2026-01-01,\n"
    f"s,{'y' * 5000},stock,all,4,=,,2026-01-01,\n"
    "s,X,stock,all,1e9,=,,2026-01-01,\n"
    f"s,X,stock,all,{'9' * 400},=,,2026-01-01,\n"
    "s,X,stock,all,10000000,=,,0001-01-01,\n"
    "s,X,stock,all,10000000,=,,9999-12-31,9999-12-31\n"
    "s,X,day_release,all,5,=,,9999-12-31,0001-01-01\n"
    "s,X,cum_release,{0.__class__},5,=,0001-01-01,9999-12-31,\n"
    "s,X,stock,all,4,=,,2026-01-01T99:99,\n"
    "s,\x1b[31mX,stock,[bold]all[/],4,=,,2026-01-01,\n"
)
Told = Callable[[bytes], tuple[int, str]]


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    def give(content: bytes) -> tuple[int, str]:
        file = tmp_path / "dichos.csv"
        file.write_bytes(content)
        with pytest.raises(SystemExit) as ended:
            app(["claims", "reconcile", str(file), "--json"])
        return int(ended.value.code or 0), capsys.readouterr().err

    return give


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_statements_that_are_none_are_refused_in_a_sentence(content: bytes, told: Told) -> None:
    code, err = told(content)
    assert code == 2
    assert err.startswith("[")
    assert err.count("\n") == 1
    assert "[internal]" not in err


def test_odd_statements_are_left_out_or_used_and_break_nothing(told: Told) -> None:
    code, err = told((HEAD + ODD).encode())
    assert (code, err) == (0, "")


def test_claims_that_all_contradict_each_other_are_searched_only_so_far() -> None:
    found = reconcile([total(f"c{n}", 150 - n, 1, 1 + n % 30, minute=n * 9) for n in range(150)])
    assert found.limited
    assert len(found.conflicts) < 400
