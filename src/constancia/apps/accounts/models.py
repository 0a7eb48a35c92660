"""People of the house, the history of their roles, links to sign in with, and failed attempts."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from constancia.domain.vocabulary.terms import Role
from constancia.infra.append_only import AppendOnlyModel

ROLES = [(role.value, role.value) for role in Role]


class UserManager(BaseUserManager["User"]):
    """Lookup by username without regard to case; making users is the services' business."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").casefold())


class User(AbstractBaseUser):
    """One person who signs in: one role, and for a coordinator the regions the role reaches.

    `username` is kept casefolded. `epoch` is part of every session's signature: raising it ends all
    sessions of this user at once. `away_since` is set while the user travels, `away_until` is the day they
    named. There is no e-mail sign-in and no superuser.
    """

    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=ROLES)
    regions = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    away_since = models.DateTimeField(null=True)
    away_until = models.DateField(null=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name", "role"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.display_name or self.username

    def __repr__(self) -> str:
        return f"<User {self.pk}>"

    @property
    def may_enter(self) -> bool:
        """Neither disabled nor travelling: what every door asks first."""
        return self.is_active and self.away_since is None

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """As Django's, with the epoch beside the password hash."""
        signed = f"{self.password}|{self.epoch}"
        salt = "constancia.apps.accounts.session"
        return salted_hmac(salt, signed, secret=secret, algorithm="sha256").hexdigest()


class RoleChange(AppendOnlyModel):
    """What a user was allowed from an instant on. Rows are added, never changed.

    `by` is empty where the holder of the key acted on the command line.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_changes")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, choices=ROLES)
    regions = models.JSONField(default=list)
    active = models.BooleanField()
    at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        ordering = ["id"]


class SignInLink(models.Model):
    """A link that signs its user in once. Only the SHA-256 of its token is kept.

    `resets_factors`: using it takes the user's second factors away, so that new ones can be set up.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="links")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    sets_password = models.BooleanField(default=True)
    resets_factors = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class FailedSignIn(models.Model):
    """A wrong password for a username, existing or not, or a wrong code of a user's; the name itself is not
    kept, only its mark."""

    mark = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)
