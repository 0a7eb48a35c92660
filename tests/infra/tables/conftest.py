from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_BUILDER = Path(__file__).parents[2] / "fixtures" / "tables" / "build.py"


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the built tables."""
    spec = importlib.util.spec_from_file_location("tables_builder", _BUILDER)
    assert spec is not None
    assert spec.loader is not None
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    folder = tmp_path_factory.mktemp("tables")
    builder.build(folder)
    return folder
