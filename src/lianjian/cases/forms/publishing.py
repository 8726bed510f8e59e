"""What is typed when a need goes on the list of needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.lists.forms import PublishedPart, SideField, one_of_mine

from ..models import Case
from ..queries import category_names


class PublishNeedForm(PublishedPart):
    """What others read of a need that is a case already."""

    def __init__(self, *args: Any, actor: Actor, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["text"].help_text = gettext(
            "其他单位看到的是这里写的内容,不是诉求原话;不要写电话和个人信息。"
        )


class NeedForm(PublishedPart):
    """A need that a body enters in the list: case and item at once."""

    organization = SideField(label=_("发布单位"))
    case_category = forms.ChoiceField(label=_("诉求类别"), help_text=_("决定由哪个部门办、多长时间办。"))
    field_order = ("organization", "title", "text", "case_category", "category")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["category"].label = gettext("清单类别")
        self.fields["text"].required = True
        names = [("", gettext("请选择")), *category_names(actor.jurisdiction_id)]
        self.fields["case_category"].choices = names  # type: ignore[attr-defined]
        self.fixed: Organization | None = one_of_mine(self, actor)

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        found = {**self.cleaned_data, **({"organization": self.fixed} if self.fixed is not None else {})}
        found["list_category"] = found.pop("category")
        found["category"] = found.pop("case_category")
        return found
