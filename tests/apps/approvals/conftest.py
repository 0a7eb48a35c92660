"""Invented people of a house who were there before, and a way to let hours pass."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from constancia.apps.accounts import services as accounts
from constancia.apps.accounts.models import User
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock

Later = Callable[[float], Any]


@pytest.fixture
def admin(db: None) -> User:
    return accounts.create_user(None, "adela", "Adela", Role.ADMINISTRATOR)


@pytest.fixture
def other(db: None) -> User:
    """A second administrator, whom nobody of the house made lately."""
    return accounts.create_user(None, "otilia", "Otilia", Role.ADMINISTRATOR)


@pytest.fixture
def later() -> Later:
    """`with later(72): …`: so many hours from the start of the test."""
    start = clock.now()
    return lambda hours: clock.frozen(start + timedelta(hours=hours))
