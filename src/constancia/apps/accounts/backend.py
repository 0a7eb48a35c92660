"""How Django finds the user of a session. Passwords are checked by `services.authenticate` alone."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend

from constancia.apps.accounts.models import User


class HouseBackend(BaseBackend):
    """Gives back users who may enter; has no way to sign in of its own."""

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True, away_since=None).first()
