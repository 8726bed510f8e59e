"""What is typed when a case is told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.events.forms import VisitForm, WhomField
from lianjian.foundation.actor import Actor, Whole

from .. import rules
from ..queries import category_names
from ..queries.categories import services_for
from .answers import AnswersForm
from .pieces import area, words


class RegisterForm(forms.Form):
    """A matter as it is told."""

    kind = forms.ChoiceField(label=_("事项种类"), initial="need", required=False)
    organization = WhomField(
        label=_("企业或单位"), src="/cases/whom", required=False, help_text=_("个人提出的不填。")
    )
    organization_text = forms.CharField(
        label=_("诉求人"), max_length=120, required=False, help_text=_("来访者不在名册里时,写姓名或单位。")
    )
    village = WhomField(
        label=_("所在村(社区)"), src="/cases/villages", classifications=("village",), required=False
    )
    address = forms.CharField(label=_("地点"), max_length=200, required=False)
    tier = forms.ChoiceField(
        label=_("从哪一级办起"), required=False, help_text=_("矛盾纠纷逐级办理;不选的,有村的从村起,其余从镇起。")
    )
    accused = WhomField(
        label=_("被举报单位"),
        src="/cases/accusable",
        required=False,
        help_text=_("投诉举报单位的才填。填了以后,该单位和它下面的所有账号都看不到。"),
    )
    accused_text = forms.CharField(label=_("被举报的人或部门"), max_length=120, required=False)
    text = area(_("诉求内容"), help_text=_("照原话写,第一句会作为标题。"))
    service = forms.ChoiceField(label=_("服务事项"), required=False)
    category = forms.ChoiceField(
        label=_("类别"),
        widget=forms.Select(
            attrs={"hx-get": "/cases/new", "hx-target": "#questions", "hx-include": "this", "hx-trigger": "change"}
        ),
    )
    source = forms.ChoiceField(label=_("来源"))
    urgency = forms.ChoiceField(label=_("紧急程度"), widget=forms.RadioSelect, initial="normal")
    registered_on = forms.DateField(label=_("提出日期"), widget=forms.DateInput)
    reporter = forms.CharField(label=_("提出人"), max_length=40, required=False)
    reporter_phone = forms.CharField(label=_("联系电话"), max_length=20, required=False)

    def __init__(self, *args: Any, actor: Actor, fixed: Organization | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fixed = fixed
        for name in ("organization", "village", "accused"):
            self.fields[name].actor = actor  # type: ignore[attr-defined]
        self.owner = owner = fixed.jurisdiction_id if fixed is not None else actor.jurisdiction_id
        self.fields["category"].choices = [("", gettext("请选择")), *category_names(owner)]  # type: ignore[attr-defined]
        self.fields["urgency"].choices = words(rules.URGENCIES)  # type: ignore[attr-defined]
        self.fields["source"].choices = words({k: v for k, v in rules.SOURCES.items() if k != "import"})  # type: ignore[attr-defined]
        kinds = [kind for kind in rules.KINDS.values() if fixed is None or kind.subject != "person"]
        self.fields["tier"].choices = [("", gettext("按地点")), *words(rules.TIERS)]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(kind.code, str(kind.name)) for kind in kinds]  # type: ignore[attr-defined]
        services = services_for(owner)
        if services:
            choices = [(str(one.key), one.name) for one in services]
            self.fields["service"].choices = [("", gettext("不在服务目录里")), *choices]  # type: ignore[attr-defined]
            self.services = {str(one.key): one for one in services}
            self.fields["category"].required = False  # a service has its category
        else:
            del self.fields["service"]
        code = (self.data if self.is_bound else self.initial).get("category", "")
        self.questions = AnswersForm(self.data if self.is_bound else None, code=code, jurisdiction_id=owner)
        if fixed is not None:
            for name in ("organization", "village", "address", "tier"):
                del self.fields[name]
        office = actor.may("cases.dispatch", Whole(owner))
        if not office or fixed is not None:
            for name in ("organization_text", "accused", "accused_text"):
                del self.fields[name]
        if not office:
            for name in ("source", "registered_on"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Somebody must have asked: a body, a person, or a place for a person who stays unnamed."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        kind = rules.kind_of(found.get("kind") or "need")
        names = ["organization", "organization_text"]
        names += ["reporter", "village"] if kind.subject != "organization" else []
        if self.fixed is None and not any(found.get(name) for name in names):
            if "organization" not in self.errors:
                if kind.subject == "organization":
                    self.add_error("organization", _("请选择企业,或写明诉求人。"))
                else:
                    self.add_error("reporter", _("请写明提出人;不愿留名的,请选择所在村(社区)。"))
        service = found.get("service")
        if not found.get("category") and "category" not in self.errors:
            if service:
                found["category"] = self.services[service].category.code
            else:
                self.add_error("category", _("请选择类别。"))
        if self.questions.wanting():
            self.add_error(None, _("这一类别还要问几个问题,请在页面下方回答后再提交。"))
        return found

    def as_typed(self) -> RegisterForm:
        """The form as it stands, not yet looked at: somebody asked a question in the middle of it."""
        self._errors, self.questions._errors = ErrorDict(), ErrorDict()
        self.cleaned_data = {}
        return self

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        found = {**self.cleaned_data, "kind": self.cleaned_data.get("kind") or "need"}
        found |= {"organization": self.fixed} if self.fixed is not None else {}
        if "service" in found:
            found["service"] = self.services.get(found["service"])
        return {**found, "answers": self.questions.values()}


NEEDS_AT_ONCE = 3


class VisitWithNeedsForm(VisitForm):
    """A visit and up to three needs that came of it."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        del self.fields["needs_found"]
        categories = [("", gettext("请选择")), *category_names(actor.jurisdiction_id)]
        for number in range(1, NEEDS_AT_ONCE + 1):
            self.fields[f"need_{number}"] = area(
                gettext("需求 %(n)d") % {"n": number}, rows=2, required=False
            )
            self.fields[f"category_{number}"] = forms.ChoiceField(
                label=gettext("需求 %(n)d 的类别") % {"n": number}, choices=categories, required=False
            )

    def needs(self) -> list[tuple[str, str]]:
        """(text, category code) of the needs that were filled in."""
        rows = range(1, NEEDS_AT_ONCE + 1)
        found = [
            (self.cleaned_data[f"need_{n}"].strip(), self.cleaned_data[f"category_{n}"] or "other")
            for n in rows
        ]
        return [(text, category) for text, category in found if text]

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        own = ("organization", "visited_on", "purpose", "received_by", "content", "heard")
        found = {name: self.cleaned_data[name] for name in own}
        return {**found, "people": [self.cleaned_data["people"]], "needs": self.needs()}
