"""For the command `lianjian`."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from lianjian.foundation import clock, context
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.hooks import hooks
from lianjian.jurisdictions.models import Jurisdiction

from .models import User


class WeakPassword(Refused):
    """The password does not pass the validators."""

    sentence = _("密码不合要求:%(reasons)s")
    field = "password"


def create_admin(*, username: str, password: str, name: str = "", role: str = "security_admin") -> dict[str, str]:
    """Open the account of an officer over the whole house (default: who may open all others).

    Run by whoever has the machine. Raises `WeakPassword`, `BadUsername`, `UsernameTaken`.
    """
    try:
        validate_password(password, User(username=username, name=name))
    except ValidationError as error:
        raise WeakPassword(reasons=" ".join(error.messages)) from error
    with transaction.atomic():
        places = list(Jurisdiction.objects.values_list("pk", flat=True))
        with context.jurisdictions(places):
            user = hooks.first_account(username=username, name=name, password=password, role=role, now=clock.now())
    return {"username": user.username, "role": role}
