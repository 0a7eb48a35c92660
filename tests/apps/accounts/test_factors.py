"""Second factors: sealed at rest, each code once, guesses counted for everybody together."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connections

from constancia.apps.accounts import factors, services
from constancia.apps.accounts.factors import Kind
from constancia.apps.accounts.models import User
from constancia.apps.accounts.sealing import HouseAdapter, sealing_for
from constancia.domain.errors import ConstanciaError, InputRefused, IntegrityBroken, NotAllowed
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock, trail
from tests.support.factors import SECRET, STEP, code, enrolled

PHRASE = "cuatro caballos bajo el samán"
NOON = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def ana(role: Role = Role.DESK) -> User:
    return services.create_user(None, "ana", "Ana Prueba", role, password=PHRASE)


def test_secrets_and_recovery_codes_are_sealed_and_bound_to_their_user() -> None:
    user, other = ana(), services.create_user(None, "eva", "Eva", Role.DESK)
    codes = factors.set_up_codes(user, SECRET, code())
    assert len(codes) == len(set(codes)) == 10
    assert all(re.fullmatch(r"\d{12}", one) for one in codes)
    rows = {row.type: row.data for row in Authenticator.objects.filter(user=user)}
    text = json.dumps(list(rows.values()))
    assert not any(one in text for one in (SECRET, *codes))
    sealed = rows[Kind.CODE]["secret"]
    with sealing_for(user):
        assert HouseAdapter().decrypt(sealed) == SECRET
        for broken in (SECRET, "1:", "1:AAAA", sealed[:-4] + "AAA=", "2" + sealed[1:]):
            with pytest.raises(IntegrityBroken):
                HouseAdapter().decrypt(broken)
    with sealing_for(other), pytest.raises(IntegrityBroken):
        HouseAdapter().decrypt(sealed)
    with pytest.raises(LookupError):  # nothing is ever sealed for nobody
        HouseAdapter().encrypt(SECRET)


def test_a_code_works_once_and_ends_all_earlier_ones() -> None:
    user = enrolled(ana())
    with clock.frozen(NOON):
        early, present, late = code(steps=-1), code(), code(steps=1)
        assert factors.check_code(user, f"{present[:3]} {present[3:]}") is Kind.CODE
        for again in (present, early):
            with pytest.raises(InputRefused, match=r"account\.code$"):
                factors.check_code(user, again)
        assert factors.check_code(user, late) is Kind.CODE
    with clock.frozen(NOON + 3 * STEP), pytest.raises(InputRefused):
        factors.check_code(user, late)


def test_a_clock_that_is_half_a_minute_off_is_forgiven_and_no_more() -> None:
    user = enrolled(ana())
    with clock.frozen(NOON):
        for steps in (-3, -2, 2, 3):
            with pytest.raises(InputRefused):
                factors.check_code(user, code(steps=steps))
        assert factors.check_code(user, code(steps=-1)) is Kind.CODE


def test_the_code_that_set_the_application_up_does_not_sign_in() -> None:
    user = ana()
    with clock.frozen(NOON):
        factors.set_up_codes(user, SECRET, code())
        with pytest.raises(InputRefused):
            factors.check_code(user, code())


def test_a_recovery_code_works_once_and_new_ones_replace_the_old() -> None:
    user = ana()
    codes = factors.set_up_codes(user, SECRET, code())
    first = f"{codes[0][:4]}-{codes[0][4:8]} {codes[0][8:]}"
    assert factors.check_code(user, first) is Kind.RECOVERY
    assert factors.codes_left(user) == 9
    with pytest.raises(InputRefused):
        factors.check_code(user, codes[0])
    fresh = factors.new_codes(user)
    assert not set(fresh) & set(codes)
    with pytest.raises(InputRefused):
        factors.check_code(user, codes[1])
    assert factors.check_code(user, fresh[1]) is Kind.RECOVERY


@pytest.mark.parametrize("guess", ["", "٠١٢٣٤٥", "1" * 5000, "12345", "abcdef", "1e5", "-1", "\x00"])
def test_what_is_no_code_is_refused_in_the_same_words(guess: str) -> None:
    with pytest.raises(InputRefused, match=r"account\.code$"):
        factors.check_code(enrolled(ana()), guess)


def test_wrong_codes_make_their_user_wait_never_for_good_and_nobody_else() -> None:
    user = enrolled(ana())
    other = enrolled(services.create_user(None, "eva", "Eva", Role.DESK))
    wrong = [number for number in ("000000", "111111", "222222", "333333") if number != code()]
    with clock.frozen(NOON):
        for number in range(factors.LIMITS[0][0]):
            with pytest.raises(InputRefused):
                factors.check_code(user, wrong[number % 3])
        with pytest.raises(NotAllowed, match=r"account\.wait_code"):
            factors.check_code(user, code())
        assert factors.check_code(other, code()) is Kind.CODE
    with clock.frozen(NOON + timedelta(minutes=15)):
        assert factors.check_code(user, code()) is Kind.CODE


def test_a_day_of_guesses_ends_and_a_new_password_ends_it_at_once() -> None:
    user, now = enrolled(ana()), NOON
    tried = 0
    while now < NOON + timedelta(hours=23):
        with clock.frozen(now):
            for _ in range(5):
                try:
                    factors.check_code(user, "000000" if code() != "000000" else "000001")
                except InputRefused:
                    tried += 1
                except NotAllowed:
                    pass
        now += timedelta(minutes=16)
    assert tried == factors.LIMITS[1][0]
    with clock.frozen(NOON + timedelta(hours=23)):
        with pytest.raises(NotAllowed):
            factors.check_code(user, code())
        services.set_password(user, "otra frase que nadie adivina")
        assert factors.check_code(user, code()) is Kind.CODE


def test_a_refused_code_and_a_changed_factor_stand_in_the_trail() -> None:
    user = ana()
    factors.set_up_codes(user, SECRET, code())
    with pytest.raises(InputRefused):
        factors.check_code(user, "no")
    refused, added = trail.events(limit=2)
    assert (refused.deed, refused.outcome, refused.number) == (Deed.SIGN_IN, Outcome.REFUSED, user.pk)
    assert (added.deed, added.actor, added.said["kind"]) == (Deed.FACTOR_ADDED, user.pk, "totp")


def test_the_last_factor_stays_where_one_is_needed() -> None:
    user = enrolled(ana())
    number = str(factors.of(user)[0].pk)
    with pytest.raises(InputRefused, match="last_factor"):
        factors.remove(user, number, needed=True)
    with pytest.raises(InputRefused, match="factor_unknown"):
        factors.remove(user, "999999", needed=True)
    factors.remove(user, number, needed=False)
    assert not Authenticator.objects.filter(user=user).exists()


def test_somebody_elses_factor_is_not_taken_away() -> None:
    other = enrolled(services.create_user(None, "eva", "Eva", Role.DESK))
    with pytest.raises(InputRefused, match="factor_unknown"):
        factors.remove(enrolled(ana()), str(factors.of(other)[0].pk), needed=False)
    assert factors.has_any(other)


def test_a_new_telephone_replaces_the_old_one() -> None:
    user = enrolled(ana())
    fresh = factors.new_secret()
    with pytest.raises(InputRefused, match="code_setup"):
        factors.set_up_codes(user, fresh, code(SECRET))
    factors.set_up_codes(user, fresh, code(fresh))
    assert [row.type for row in factors.of(user)] == [Kind.CODE]
    with pytest.raises(InputRefused):
        factors.check_code(user, code(SECRET, steps=1))
    assert factors.check_code(user, code(fresh, steps=1)) is Kind.CODE


def test_what_the_telephone_is_told_names_no_organisation() -> None:
    address = factors.address(ana(), SECRET, "Constancia")
    assert address == f"otpauth://totp/Constancia%3Aana?secret={SECRET}&issuer=Constancia"


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_with_the_same_code_one_gets_in() -> None:
    user, outcomes, together = enrolled(ana()), [], Barrier(4)
    present = code()

    def worker() -> None:
        mine = User.objects.get(pk=user.pk)
        together.wait(timeout=30)
        try:
            outcomes.append(factors.check_code(mine, present).value)
        except ConstanciaError as error:
            outcomes.append(error.code)
        finally:
            connections.close_all()

    workers = [Thread(target=worker) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(timeout=60)
    assert sorted(outcomes) == ["account.code"] * 3 + ["totp"]


def test_allauth_still_computes_what_the_standard_says() -> None:
    """RFC 4226, appendix D, the first two values: the library's insides are used here."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    user = ana()
    with sealing_for(user):
        TOTP.activate(user, secret)
    assert [factors.format_hotp_value(factors.hotp_value(secret, step)) for step in (0, 1)] == [
        "755224",
        "287082",
    ]
