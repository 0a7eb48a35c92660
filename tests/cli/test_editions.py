"""`constancia edition …`: what it says where there is nothing to show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command


@pytest.mark.parametrize("name", ["nada", "A B", "../nada"])
def test_a_report_that_there_is_not_is_said(here: Command, admin: Any, tmp_path: Path, name: str) -> None:
    found = here("edition", "report", name, "--export", str(tmp_path / "copia"), "--as", "adela")
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("[edition.no_report]")
    assert not (tmp_path / "copia").exists()
