"""Passkeys: this origin alone, its holder checked, one answer per challenge, no copies."""

from __future__ import annotations

import json
from typing import Any

import pytest

from constancia.apps.accounts import factors, passkeys, services
from constancia.apps.accounts.factors import Kind
from constancia.apps.accounts.models import User
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import Role
from tests.support.authenticator import SoftKey

HERE = "https://testserver"
pytestmark = pytest.mark.django_db


def ana() -> User:
    return services.create_user(None, "ana", "Ana Prueba", Role.COORDINATOR, ["lara"])


def with_key(user: User, key: SoftKey, origin: str = HERE) -> list[str]:
    options, state = passkeys.begin_adding(user, origin)
    return passkeys.add(user, origin, state, key.made(options, origin), "mi teléfono")


def test_a_passkey_is_added_with_recovery_codes_and_signs_in() -> None:
    user, key = ana(), SoftKey()
    assert len(with_key(user, key)) == 10
    assert with_key(user, SoftKey()) == []
    options, state = passkeys.begin_asking(user, HERE)
    assert len(options["publicKey"]["allowCredentials"]) == 2
    assert options["publicKey"]["userVerification"] == "required"
    assert passkeys.check(user, HERE, state, key.signed(options, HERE)) is Kind.PASSKEY
    assert {row.type for row in factors.of(user)} == {Kind.PASSKEY}


def test_each_host_has_passkeys_of_its_own() -> None:
    user, there = ana(), "http://registro.onion"
    with_key(user, SoftKey())
    assert passkeys.here(user, HERE)
    assert not passkeys.here(user, there)
    key = SoftKey(host="registro.onion")
    with_key(user, key, there)
    for origin, count in ((HERE, 1), (there, 1)):
        options, state = passkeys.begin_asking(user, origin)
        assert len(options["publicKey"]["allowCredentials"]) == count
    assert passkeys.check(user, there, state, key.signed(options, there)) is Kind.PASSKEY


@pytest.mark.parametrize(
    "origin",
    ["https://otra.example", "http://testserver", "https://x.testserver", "https://testserver:444", ""],
)
def test_a_passkey_asked_for_by_another_page_is_refused(origin: str) -> None:
    user, key = ana(), SoftKey()
    options, state = passkeys.begin_adding(user, HERE)
    with pytest.raises(InputRefused, match=r"account\.passkey$"):
        passkeys.add(user, HERE, state, key.made(options, origin), "x")
    with_key(user, key)
    options, state = passkeys.begin_asking(user, HERE)
    with pytest.raises(InputRefused, match=r"account\.passkey$"):
        passkeys.check(user, HERE, state, key.signed(options, origin))


def refused(user: User, key: SoftKey, spoil: dict[str, Any]) -> None:
    options, state = passkeys.begin_asking(user, HERE)
    answer = json.loads(key.signed(options, HERE)) | spoil
    with pytest.raises(InputRefused, match=r"account\.passkey$"):
        passkeys.check(user, HERE, state, json.dumps(answer))


def test_without_its_holder_or_from_another_host_or_person_it_is_refused() -> None:
    user, key = ana(), SoftKey()
    with_key(user, key)
    for attribute, value in (("verified", False), ("host", "otra.example"), ("number", b"x" * 16)):
        before = getattr(key, attribute)
        setattr(key, attribute, value)
        refused(user, key, {})
        setattr(key, attribute, before)
    refused(user, SoftKey(number=key.number), {})
    other = services.create_user(None, "eva", "Eva", Role.DESK)
    with_key(other, SoftKey())
    refused(other, key, {})


def test_an_answer_counts_for_one_challenge_and_a_copied_key_is_noticed() -> None:
    user, key = ana(), SoftKey()
    with_key(user, key)
    options, state = passkeys.begin_asking(user, HERE)
    answer = key.signed(options, HERE)
    passkeys.check(user, HERE, state, answer)
    _, later = passkeys.begin_asking(user, HERE)
    for held in (later, {}, state):  # another challenge, none, and the same: its counter has been seen
        with pytest.raises(InputRefused):
            passkeys.check(user, HERE, held, answer)
    key.count = 0
    refused(user, key, {})


@pytest.mark.parametrize(
    "answer",
    ["", "[]", "null", "{}", "x" * 60_000, '{"id":"AA","rawId":"AA","response":{}}', "[" * 40_000,
     '{"id":1,"rawId":1}', '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30",'
     '"attestationObject":"AA","authenticatorData":"AA","signature":"AA"}}'],
)  # fmt: skip
def test_an_answer_that_is_none_is_refused_in_one_sentence(answer: str) -> None:
    user = ana()
    with_key(user, SoftKey())
    _, state = passkeys.begin_adding(user, HERE)
    with pytest.raises(InputRefused, match=r"account\.passkey$"):
        passkeys.add(user, HERE, state, answer, "x")
    with pytest.raises(InputRefused, match=r"account\.passkey$"):
        passkeys.check(user, HERE, state, answer)


def test_a_passkey_has_a_name_and_there_are_ten_at_most() -> None:
    user = ana()
    options, state = passkeys.begin_adding(user, HERE)
    for name in ("", " ", "x" * 61, "a\u202eb", "a\x00"):
        with pytest.raises(InputRefused, match="passkey_name"):
            passkeys.add(user, HERE, state, SoftKey().made(options, HERE), name)
    for _ in range(10):
        with_key(user, SoftKey())
    with pytest.raises(InputRefused, match="passkeys_many"):
        with_key(user, SoftKey())
