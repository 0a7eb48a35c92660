from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from constancia.apps.accounts import queries, services
from constancia.apps.accounts.models import FailedSignIn, RoleChange, SignInLink, User
from constancia.domain.errors import InputRefused, NotAllowed, NotFound, StoreRefused
from constancia.domain.vocabulary.deeds import Deed
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock, trail
from constancia.web import settings as house_settings

pytestmark = pytest.mark.django_db

PHRASE = "cuatro caballos bajo el samán"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def admin() -> User:
    return services.create_user(None, "ana", "Ana Prueba", Role.ADMINISTRATOR, password=PHRASE)


def test_a_password_is_kept_as_argon2_only(settings: Any) -> None:
    settings.PASSWORD_HASHERS = house_settings.PASSWORD_HASHERS
    assert admin().password.startswith("argon2$argon2id$")


@pytest.mark.parametrize(
    "password", ["corta", "123456789012345678", "ana ana ana ana", "x" * 501, "a\x00" * 10]
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(InputRefused, match=r"account\.password_weak"):
        services.create_user(None, "ana.ana.ana.ana", "Ana", Role.READER, password=password)
    assert not User.objects.exists()


@pytest.mark.parametrize("username", ["", "a", "Ana María", "ana' OR 1=1", "ana\u202e", "a" * 61, "añá"])
def test_a_username_that_is_not_plain_is_refused(username: str) -> None:
    with pytest.raises(InputRefused, match=r"account\.username"):
        services.create_user(None, username, "Ana", Role.READER)


def test_usernames_differ_by_more_than_case() -> None:
    admin()
    with pytest.raises(InputRefused, match="taken"):
        services.create_user(None, "ANA", "Otra", Role.READER)


def test_a_coordinator_without_a_region_is_refused() -> None:
    with pytest.raises(InputRefused, match="regions"):
        services.create_user(None, "luis", "Luis", Role.COORDINATOR)
    assert services.create_user(None, "luis", "Luis", Role.COORDINATOR, ["Lara "]).regions == ["lara"]


def test_the_desk_does_not_make_users() -> None:
    desk = services.create_user(None, "eva", "Eva", Role.DESK)
    with pytest.raises(NotAllowed):
        services.create_user(desk, "luis", "Luis", Role.READER)


def test_every_change_of_role_is_kept() -> None:
    boss = admin()
    eva = services.create_user(boss, "eva", "Eva", Role.DESK)
    services.set_role(boss, eva, Role.COORDINATOR, ["zulia"])
    services.disable(boss, eva)
    changes = queries.history(boss, eva)
    assert [(c.role, c.regions, c.active) for c in changes] == [
        ("coordinator", ["zulia"], False),
        ("coordinator", ["zulia"], True),
        ("desk", [], True),
    ]


def test_what_was_allowed_cannot_be_rewritten() -> None:
    admin()
    change = RoleChange.objects.get()
    for deed in (change.save, change.delete, lambda: RoleChange.objects.update(role="reader")):
        with pytest.raises(StoreRefused):
            deed()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_rolechange SET role = 'reader'")


def test_the_last_administrator_stays() -> None:
    boss = admin()
    with pytest.raises(InputRefused, match="last_administrator"):
        services.disable(boss, boss)
    with pytest.raises(InputRefused, match="last_administrator"):
        services.set_role(boss, boss, Role.DESK)
    other = services.create_user(boss, "eva", "Eva", Role.ADMINISTRATOR)
    services.disable(other, boss)


def test_disabling_ends_sessions_and_links() -> None:
    boss = admin()
    eva = services.create_user(boss, "eva", "Eva", Role.DESK)
    token = services.issue_link(boss, eva)
    before = eva.get_session_auth_hash()
    after = services.disable(boss, eva)
    assert after.get_session_auth_hash() != before
    with pytest.raises(NotFound):
        services.redeem_link(token)


def test_a_link_works_once_and_only_for_a_day() -> None:
    boss = admin()
    with clock.frozen(NOW):
        token = services.issue_link(boss, boss)
        assert services.redeem_link(token).user == boss
        with pytest.raises(NotFound):
            services.redeem_link(token)
        late = services.issue_link(boss, boss)
    with clock.frozen(NOW + timedelta(hours=24)), pytest.raises(NotFound):
        services.redeem_link(late)


def test_a_new_link_replaces_the_old_one() -> None:
    boss = admin()
    old = services.issue_link(boss, boss)
    services.issue_link(boss, boss)
    with pytest.raises(NotFound):
        services.redeem_link(old)


def test_who_made_a_link_for_whom_stands_in_the_trail() -> None:
    boss = admin()
    eva = services.create_user(boss, "eva", "Eva", Role.DESK)
    services.issue_link(boss, eva, resets_factors=True)
    made = trail.events(limit=1)[0]
    assert (made.deed, made.actor, made.number, made.said) == (
        Deed.LINK_GIVEN,
        boss.pk,
        eva.pk,
        {"resets": True},
    )


def test_the_token_itself_is_not_stored() -> None:
    boss = admin()
    token = services.issue_link(boss, boss)
    assert token not in str(list(SignInLink.objects.values()))


def test_the_right_password_signs_in_and_a_wrong_one_says_no_more_than_no() -> None:
    boss = admin()
    assert services.authenticate(" ANA", PHRASE) == boss
    for name, password in (("ana", "otra cosa muy larga"), ("nadie", PHRASE)):
        with pytest.raises(InputRefused, match=r"account\.sign_in"):
            services.authenticate(name, password)
    assert "ana" not in str(list(FailedSignIn.objects.values()))


def test_too_many_wrong_passwords_make_that_name_wait_and_no_other() -> None:
    boss = admin()
    eva = services.create_user(None, "eva", "Eva", Role.DESK, password=PHRASE)
    with clock.frozen(NOW):
        for _ in range(services.ATTEMPTS):
            with pytest.raises(InputRefused):
                services.authenticate("ana", "equivocada del todo")
        with pytest.raises(NotAllowed, match=r"account\.wait"):
            services.authenticate("ana", PHRASE)
        assert services.authenticate("eva", PHRASE) == eva
        assert services.redeem_link(services.issue_link(None, boss)).user == boss
    with clock.frozen(NOW + services.WINDOW):
        assert services.authenticate("ana", PHRASE) == boss


def test_a_disabled_user_does_not_sign_in() -> None:
    admin()
    eva = services.create_user(None, "eva", "Eva", Role.DESK, password=PHRASE)
    services.disable(None, eva)
    with pytest.raises(InputRefused):
        services.authenticate("eva", PHRASE)


def test_row_04_a_role_that_no_history_gave_is_found(desk: User) -> None:
    assert queries.astray() == 0
    User.objects.filter(pk=desk.pk).update(role=Role.ADMINISTRATOR.value)
    assert queries.astray() == 1
