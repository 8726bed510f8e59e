"""What is typed about a committee's review of those on their way into the party."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField
from lianjian.directory.models import Organization
from lianjian.events.models import Meeting

from ..models import Applicant
from ..queries.pool import meetings_for, pool_on
from .practice import _Acting, _words


class ReviewForm(_Acting):
    """A review; its numbers are counted from the applicants of the day."""

    body = OrganizationField(label=_("党委"), classifications=("party",), help_text=_("分析队伍的党委或党工委。"))
    reviewed_on = forms.DateField(label=_("分析日期"), widget=forms.DateInput)
    meeting = forms.ChoiceField(label=_("讨论这次分析的会议"), required=False, help_text=_("先登记会议,再在这里选。"))
    problems = _words(_("存在问题"), most=500, required=True)
    measures = _words(_("改进措施"), most=500, required=True)

    def __init__(self, *args: Any, committee: Organization | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = meetings_for(committee) if committee is not None else []
        self.fields["meeting"].choices = [("", "—"), *found]  # type: ignore[attr-defined]
        if not found:
            del self.fields["meeting"]

    def clean_meeting(self) -> Meeting | None:
        """The meeting chosen."""
        key = self.cleaned_data["meeting"]
        return Meeting.objects.get(key=key) if key else None


class NoteForm(forms.Form):
    """Words on one applicant."""

    applicant = forms.ModelChoiceField(label=_("姓名"), queryset=Applicant.objects.none(), to_field_name="key")
    words = forms.CharField(label=_("情况和下一步"), max_length=200, help_text=_("只写要办的事,不打分、不排名。"))

    def __init__(self, *args: Any, review: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = pool_on(review.body, review.reviewed_on).exclude(pk__in=review.notes.values("applicant_id"))
        field: Any = self.fields["applicant"]
        field.queryset = people.select_related("person").order_by("person__name", "pk")
        field.label_from_instance = lambda one: f"{one.person.name} · {one.where}"
