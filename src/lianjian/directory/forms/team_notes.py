"""What is typed about the progress of a project."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..queries.team_notes import said
from ..rules import team_notes as rules
from .fields import day


class NoteForm(forms.Form):
    """How far the project is, and what hampers it."""

    day = day(_("日期"))
    contact = forms.ChoiceField(label=_("联系对象"), widget=forms.RadioSelect)
    stage = forms.ChoiceField(label=_("项目阶段"), widget=forms.RadioSelect)
    percent = forms.IntegerField(
        label=_("总体进度(%)"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("0到100的整数,说不准的可以不填。"),
    )
    words = forms.CharField(
        label=_("进展和堵点"),
        max_length=rules.MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写清到了哪一步、卡在哪里;不写个人电话和身份信息。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, codes in (("contact", rules.CONTACTS), ("stage", rules.STAGES)):
            self.fields[name].choices = [(code, said(name, code)) for code in codes]  # type: ignore[attr-defined]


class ChangeNoteForm(NoteForm):
    """The same, with why it is put right."""

    reason = forms.CharField(label=_("更正理由"), max_length=200)


class WithdrawNoteForm(forms.Form):
    """Why a note is taken back."""

    reason = forms.CharField(
        label=_("作废理由"), max_length=200, help_text=_("作废后不再计入任何统计,记录仍可查。")
    )
