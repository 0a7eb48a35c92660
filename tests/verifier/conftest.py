"""Running the steps on a bundle of bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from constancia.verifier.bundle import Bundle, open_bundle
from constancia.verifier.report import Report
from constancia.verifier.steps import Asked, verify
from tests.support.make_golden_bundle import FOLDER

Check = Callable[..., Report]


def checked(
    files: Mapping[str, bytes],
    previous: Mapping[str, bytes] | None = None,
    policy: bytes | None = None,
    key: bytes | None = None,
    receipt: str | None = None,
) -> Report:
    opens = None if previous is None else (lambda: Bundle(previous))
    return verify(Asked(lambda: Bundle(files), opens, policy, key, receipt))


@pytest.fixture
def check() -> Check:
    return checked


def keys_bundle(name: str) -> dict[str, bytes]:
    """An edition from "before", "during" or "after" a change of the logs' keys."""
    return dict(open_bundle(FOLDER / f"keys-{name}.zip").files)
