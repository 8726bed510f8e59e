"""Small forms of the foundation, and the choice fields that every app shares."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SavedViewForm(forms.Form):
    """A name for the filters that a list has now."""

    page = forms.CharField(max_length=60)
    name = forms.CharField(label=_("名称"), max_length=60)
    query = forms.CharField(required=False, max_length=2000)
