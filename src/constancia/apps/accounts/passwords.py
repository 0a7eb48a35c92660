"""What a password must be, and how a token becomes what is stored of it."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError

from constancia.apps.accounts.models import User
from constancia.domain.errors import InputRefused

MINIMUM_LENGTH = 15
MAXIMUM_LENGTH = 500

_VALIDATION = "django.contrib.auth.password_validation."
VALIDATORS: list[dict[str, Any]] = [
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": MINIMUM_LENGTH}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "NumericPasswordValidator"},
    {
        "NAME": _VALIDATION + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "display_name"]},
    },
]


def check(password: str, user: User | None = None) -> None:
    """Raises InputRefused (`account.password_weak`): short, common, all digits, or like the name."""
    if len(password) > MAXIMUM_LENGTH or "\x00" in password:
        raise InputRefused("account.password_weak", minimum=MINIMUM_LENGTH)
    try:
        validate_password(password, user, get_password_validators(VALIDATORS))
    except ValidationError:
        raise InputRefused("account.password_weak", minimum=MINIMUM_LENGTH) from None


def new_token() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token: it has 256 random bits, so a plain SHA-256 suffices."""
    return hashlib.sha256(token.encode()).hexdigest()
