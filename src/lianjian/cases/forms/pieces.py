"""Pieces of the forms of cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext


def words(choices: dict[str, str]) -> list[tuple[str, str]]:
    """Choices of a table of `rules`, in the active language."""
    return [(code, gettext(label)) for code, label in choices.items()]


def area(label: Any, *, rows: int = 4, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A field for some sentences."""
    return forms.CharField(
        label=label,
        max_length=4000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
