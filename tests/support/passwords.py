"""Argon2 for passwords, as in earnest, but so cheap that a thousand sign-ins cost a second."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """The same algorithm at the lowest cost it allows."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
