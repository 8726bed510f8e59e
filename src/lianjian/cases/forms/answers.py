"""The questions of a category, as a part of the forms in which a matter is told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext

from .. import rules
from ..models import Question
from ..queries.categories import questions_for

ASKED = "asked"


def _field(question: Question) -> forms.Field:
    options: dict[str, Any] = {"label": question.text, "required": question.required}
    if question.kind == "number":
        return forms.DecimalField(**options)
    if question.kind == "date":
        return forms.DateField(widget=forms.DateInput, **options)
    if question.kind == "text":
        return forms.CharField(max_length=500, **options)
    found = (rules.YES, rules.NO) if question.kind == "yes_no" else question.choices
    choices = [(one, gettext(one) if question.kind == "yes_no" else one) for one in found]
    if question.kind == "choice" and len(choices) > 5:
        return forms.ChoiceField(choices=[("", gettext("请选择")), *choices], **options)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)


class AnswersForm(forms.Form):
    """One field a question of the category `code`; bound only when these questions were on the page that was sent."""

    def __init__(self, data: Any, *, code: str, jurisdiction_id: int) -> None:
        rows = questions_for(code, jurisdiction_id) if code else []
        self.shown = bool(rows) and data is not None and data.get(ASKED) == code
        super().__init__(data if self.shown else None)
        self.code = code
        for row in rows:
            self.fields[f"answer_{row.key}"] = _field(row)

    def wanting(self) -> bool:
        """Questions that were not on the page yet, or were answered in a way that does not fit."""
        return bool(self.fields) and not (self.shown and self.is_valid())

    def values(self) -> dict[str, str]:
        """Texts by the key of the question."""
        given = self.cleaned_data if self.shown else {}
        return {name.removeprefix("answer_"): "" if text is None else str(text) for name, text in given.items()}
