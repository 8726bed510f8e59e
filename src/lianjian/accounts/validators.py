"""Passwords that anybody in the office would guess are refused."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import User

OWN_WORDS = ("lianjian", "联建", "dangjian", "党建", "password", "admin")


class OwnWordsValidator:
    """Refuses passwords that are little more than the product's or the year's name."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError when fewer than four letters remain without such words, digits and signs."""
        rest = password.lower()
        for word in OWN_WORDS:
            rest = rest.replace(word, "")
        if sum(sign.isalpha() for sign in rest) < 4:
            raise ValidationError(_("密码太容易猜到,请换一个与单位、产品和年份无关的密码。"), code="own_words")

    def get_help_text(self) -> str:
        """One sentence for the form."""
        return _("不要使用单位名、产品名和年份。")
