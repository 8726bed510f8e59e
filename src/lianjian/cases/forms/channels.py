"""What is typed about lessons and channels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.events.forms import WhomField
from lianjian.foundation.actor import Actor

from .. import rules
from ..queries import category_names
from .pieces import area, words


class LessonForm(forms.Form):
    """A question with its answer."""

    question = forms.CharField(label=_("问题"), max_length=200)
    answer = area(_("解答"), rows=6, help_text=_("隐去姓名、电话和能认出人的细节,写明法律依据。"))
    category = forms.ChoiceField(label=_("类别"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = category_names(actor.jurisdiction_id)  # type: ignore[attr-defined]


class ChangeLessonForm(forms.Form):
    """Other words."""

    question = forms.CharField(label=_("问题"), max_length=200)
    answer = area(_("解答"), rows=6)


_MEMBERS = _("一行一个:姓名、空格、身份,如“江律师 律师”“周全 司法所”。")


class ChannelForm(forms.Form):
    """A channel with who answers in it."""

    name = forms.CharField(label=_("名称"), max_length=60)
    organization = WhomField(label=_("单位或村(社区)"), src="/cases/accusable")
    purpose = forms.CharField(label=_("用途"), max_length=200, required=False)
    members = area(_("解答人员"), rows=4, required=False, help_text=_MEMBERS)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]


class MembersForm(forms.Form):
    """Who answers from now on."""

    members = area(_("解答人员"), rows=6, required=False, help_text=_MEMBERS)


class PostForm(forms.Form):
    """What was pushed or asked."""

    kind = forms.ChoiceField(label=_("记什么"), widget=forms.RadioSelect, initial="push")
    title = forms.CharField(label=_("标题"), max_length=120)
    text = area(_("内容"), rows=4, required=False)
    posted_on = forms.DateField(label=_("日期"), widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = words(rules.POST_KINDS)  # type: ignore[attr-defined]
