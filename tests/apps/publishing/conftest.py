from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from tests.apps.publishing.crowd import Crowd


@pytest.fixture
def crowd(desk: User, second: User) -> Crowd:
    return Crowd(desk, second)
