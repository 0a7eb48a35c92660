"""Second factors: one-time codes of an application, passkeys, and recovery codes for the day both are lost.

The secrets, codes and rows are allauth's (`allauth.mfa`); what it leaves to a cache per process is kept in
the register's database, so that a code works once and guesses are counted for all processes together.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote, urlencode

from allauth.core.internal.cryptokit import compare_user_code, normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt

from constancia.apps.accounts import throttle
from constancia.apps.accounts.models import User
from constancia.apps.accounts.sealing import sealing_for
from constancia.apps.accounts.sessions import end_sessions
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock, trail
from constancia.infra.writer import writing

PERIOD = 30
DRIFT = 1
"""Steps that a telephone's clock may be early or late. A step works once and ends all earlier ones, so the
longer life of a code lets nobody use it again."""
LIMITS = ((5, timedelta(minutes=15)), (30, timedelta(hours=24)))
"""Wrong codes per user and window. A new password, which whoever guessed does not know, ends the wait."""
FEW_CODES = 3
LONGEST_CODE = 40
ASKED_FOR_A_PASSKEY = frozenset({Role.ADMINISTRATOR, Role.DESK, Role.COORDINATOR})
"""Who is asked for a passkey first: it answers to this site alone, so a false page gets nothing from it."""


class Kind(StrEnum):
    """What a person shows besides the password. The values are allauth's."""

    CODE = "totp"
    PASSKEY = "webauthn"
    RECOVERY = "recovery_codes"


def of(user: User) -> list[Authenticator]:
    """The user's factors, oldest first, without recovery codes."""
    found = Authenticator.objects.filter(user=user).exclude(type=Kind.RECOVERY)
    return list(found.order_by("created_at", "pk"))


def has_any(user: User) -> bool:
    """Whether signing in asks this user for a second factor."""
    return bool(Authenticator.objects.filter(user=user).exclude(type=Kind.RECOVERY).exists())


def new_secret() -> str:
    """160 random bits in base32: what the telephone is told."""
    return str(generate_totp_secret())


def address(user: User, secret: str, issuer: str) -> str:
    """The secret as authenticator applications read it from a QR code; it names no organisation."""
    given = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{issuer}:{user.username}')}?{given}"


def set_up_codes(user: User, secret: str, code: str) -> list[str]:
    """Keeps `secret` once `code` shows that the telephone has it; an earlier one stops working.

    Returns the recovery codes where there were none yet, to be shown once. Every session of the user ends.
    Raises InputRefused `account.code_setup`, NotAllowed `account.wait_code`.
    """
    with writing(guarded=False):
        throttle.refuse_if_too_many(_mark(user), LIMITS, "account.wait_code")
        step = _step(secret, code, clock.now(), after=-1)
        if step is None:
            throttle.count(_mark(user))
        else:
            Authenticator.objects.filter(user=user, type=Kind.CODE).delete()
            with sealing_for(user):
                made = TOTP.activate(user, secret).instance
            made.data["step"] = step
            made.save(update_fields=["data"])
            codes = _first_codes(user)
    if step is None:
        raise InputRefused("account.code_setup")
    changed(user, Deed.FACTOR_ADDED, Kind.CODE)
    return codes


def added_passkey(user: User) -> list[str]:
    """For `passkeys.add`: what follows once one is kept."""
    with writing(guarded=False):
        codes = _first_codes(user)
    changed(user, Deed.FACTOR_ADDED, Kind.PASSKEY)
    return codes


def check_code(user: User, code: str) -> Kind:
    """Accepts a one-time code or a recovery code, each of them once, whichever process is asked.

    Raises InputRefused `account.code`, NotAllowed `account.wait_code` (with the minutes).
    """
    with writing(guarded=False):
        throttle.refuse_if_too_many(_mark(user), LIMITS, "account.wait_code")
        kind = _accepted(user, code[:LONGEST_CODE])
        if kind is None:
            throttle.count(_mark(user))
    if kind is None:
        trail.note(
            None, Deed.SIGN_IN, "user", user.pk, outcome=Outcome.REFUSED, said={"wrong": "second_factor"}
        )
        raise InputRefused("account.code")
    return kind


def codes_left(user: User) -> int:
    """How many recovery codes are unused."""
    found = Authenticator.objects.filter(user=user, type=Kind.RECOVERY).first()
    if found is None:
        return 0
    with sealing_for(user):
        return len(RecoveryCodes(found).get_unused_codes())


def new_codes(user: User) -> list[str]:
    """Ten new recovery codes, to be shown once; the earlier ones stop working. Sessions end."""
    with writing(guarded=False):
        Authenticator.objects.filter(user=user, type=Kind.RECOVERY).delete()
        codes = _first_codes(user)
    changed(user, Deed.FACTOR_ADDED, Kind.RECOVERY)
    return codes


def remove(user: User, number: str, *, needed: bool) -> None:
    """Takes one of the user's factors away, by its number. `needed`: the last one stays. Every session of the
    user ends.

    Raises InputRefused `account.factor_unknown`, `account.last_factor`.
    """
    with writing(guarded=False):
        mine = {str(factor.pk): factor for factor in of(user)}
        if number not in mine:
            raise InputRefused("account.factor_unknown")
        if needed and len(mine) == 1:
            raise InputRefused("account.last_factor")
        kind = Kind(mine[number].type)
        mine[number].delete()
        if len(mine) == 1:
            Authenticator.objects.filter(user=user).delete()
    changed(user, Deed.FACTOR_REMOVED, kind)


def forget_all(user: User) -> int:
    """Takes every factor and recovery code away: what a link does that resets them. How many there were."""
    count, _ = Authenticator.objects.filter(user=user).delete()
    return int(count)


def changed(user: User, deed: Deed, kind: Kind) -> None:
    """Every session ends and the trail says why. The page at hand opens a new one."""
    end_sessions(user)
    trail.note(user.pk, deed, "user", user.pk, said={"kind": kind.value})


def _first_codes(user: User) -> list[str]:
    if Authenticator.objects.filter(user=user, type=Kind.RECOVERY).exists():
        return []
    with sealing_for(user):
        return [str(code) for code in RecoveryCodes.activate(user).generate_codes()]


def _accepted(user: User, code: str) -> Kind | None:
    rows = {row.type: row for row in Authenticator.objects.filter(user=user).exclude(type=Kind.PASSKEY)}
    with sealing_for(user):
        if (own := rows.get(Kind.CODE)) is not None:
            step = _step(decrypt(own.data["secret"]), code, clock.now(), after=own.data["step"])
            if step is not None:
                own.data["step"] = step
                own.last_used_at = clock.now()
                own.save(update_fields=["data", "last_used_at"])
                return Kind.CODE
        if (spare := rows.get(Kind.RECOVERY)) is not None and RecoveryCodes(spare).validate_code(code):
            return Kind.RECOVERY
    return None


def _step(secret: str, code: str, now: datetime, after: int) -> int | None:
    """The time step (RFC 6238) that `code` belongs to, if it is near and later than `after`."""
    present = int(now.timestamp()) // PERIOD
    if not normalize_user_code(code).isdecimal():
        return None
    for step in range(present - DRIFT, present + DRIFT + 1):
        if step > after and compare_user_code(
            actual=code, expected=format_hotp_value(hotp_value(secret, step))
        ):
            return step
    return None


def forgive(user: User) -> None:
    """A new password ends the wait after wrong codes."""
    throttle.forget(_mark(user))


def _mark(user: User) -> str:
    return throttle.mark(f"factor|{user.pk}")
