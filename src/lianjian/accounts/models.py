"""People's accounts. What an account may do is `directory.Grant`; who the person is, `directory.Person`."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from lianjian.foundation.keys import uuid7
from lianjian.jurisdictions.models import Jurisdiction


class UserManager(BaseUserManager["User"]):
    """Looks accounts up by name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """An account of one person. `name` is how the person is shown; `session_epoch` rises to end every session.

    `home` is the jurisdiction whose security administrator keeps the account. A password that somebody else knows
    (given at opening or after a reset) must be changed and is worth nothing after `one_time_until`.
    """

    key = models.UUIDField(default=uuid7, unique=True, editable=False)
    home = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+")
    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    one_time_until = models.DateTimeField(null=True, blank=True)
    session_epoch = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(models.functions.Lower("username"), name="one_account_per_username")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """No account enters Django's admin; there is none."""
        return False

    def get_full_name(self) -> str:
        return self.name


class ApiToken(models.Model):
    """A key for programs: only its SHA-256 is kept. It acts with the rights of its owner until it ends."""

    key = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
