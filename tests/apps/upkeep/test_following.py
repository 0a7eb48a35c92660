"""What of the register's rows follows a new root: on a root that stands in for the one of this run."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator

from constancia.apps.accounts import factors, services
from constancia.apps.accounts.models import User
from constancia.apps.accounts.resealing import SEALED, reseal_factors
from constancia.apps.retries.models import Kept
from constancia.domain.errors import InputRefused, IntegrityBroken
from constancia.domain.vocabulary.terms import Role
from constancia.infra import unlocked
from constancia.infra.once import AlreadyDone, sending
from constancia.infra.secrets_unlock import RootKey
from tests.support.factors import SECRET, code

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return services.create_user(
        None, "ana", "Ana Prueba", Role.DESK, password="cuatro caballos bajo el samán"
    )


@pytest.fixture
def root() -> Iterator[RootKey]:
    before, home, url = unlocked.root(), unlocked.home(), unlocked.database_url()
    yield before
    unlocked.set_root(before, home, url)


def stand_in(root: RootKey, **carried: bytes) -> None:
    """Another root, under which nothing but the files of this run is as before."""
    labels = ("db/2", "keyring/2", "sessions/2", "trail/2", "kek/1")
    kept = {label: root.current(label.partition("/")[0]) for label in labels}
    epochs = dict.fromkeys(("db", "keyring", "sessions", "trail", "totp", "retries", "blind"), 2)
    keys = kept | {f"{purpose}/1": key for purpose, key in carried.items()}
    unlocked.set_root(RootKey(b"n" * 32, epochs, keys), unlocked.home(), unlocked.database_url())


def test_factors_are_sealed_anew_and_the_old_key_opens_none(user: User, root: RootKey) -> None:
    recovery = factors.set_up_codes(user, SECRET, code())
    sealed = [json.dumps(row.data) for row in Authenticator.objects.order_by("pk")]
    stand_in(root, totp=root.current("totp"))
    # Until they have followed, they open with the key before.
    assert factors.check_code(user, recovery[0])
    assert reseal_factors() == 2
    assert not [one for one in Authenticator.objects.order_by("pk") if json.dumps(one.data) in sealed]
    stand_in(root)
    assert factors.check_code(user, recovery[1])
    assert reseal_factors() == 2  # a second time, as after a crash before it was noted
    unlocked.set_root(root, unlocked.home(), unlocked.database_url())
    with pytest.raises(IntegrityBroken, match=r"account\.factor_unreadable"):
        factors.check_code(user, recovery[2])
    assert any(name in row.data for row in Authenticator.objects.all() for name in SEALED)


def test_a_factor_that_does_not_open_undoes_it_for_all(user: User, root: RootKey) -> None:
    factors.set_up_codes(user, SECRET, code())
    before = [row.data for row in Authenticator.objects.order_by("pk")]
    stand_in(root)
    with pytest.raises(IntegrityBroken, match=r"account\.factor_unreadable"):
        reseal_factors()
    assert [row.data for row in Authenticator.objects.order_by("pk")] == before


def test_what_was_sent_before_a_new_root_is_recognised_after_it(root: RootKey) -> None:
    def record(name: str) -> None:
        with sending("a", name.encode):
            services.create_user(None, name, name.title(), Role.READER)

    record("una")
    stand_in(root, retries=root.current("retries"))
    with pytest.raises(AlreadyDone):
        record("una")
    with pytest.raises(InputRefused, match=r"retry\.other"):
        record("otra")
    assert Kept.objects.count() == 1
