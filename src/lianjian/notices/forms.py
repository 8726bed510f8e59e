"""What is typed about documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField, day, long_text
from lianjian.directory.models import Organization
from lianjian.directory.queries import named_organization
from lianjian.foundation.actor import Actor

from . import rules, subjects
from .models import Document
from .rules import bylines

MOST_ASKED = 60


def _choices(known: dict[str, str]) -> list[tuple[str, Any]]:
    return [(code, _(word)) for code, word in known.items()]


class SubjectField(forms.CharField):
    """A record of any kind that documents may be about, by choice. Set `actor` before cleaning."""

    def __init__(self, **options: Any) -> None:
        attrs = {"data-src": "/documents/subjects", "autocomplete": "off"}
        super().__init__(max_length=80, widget=forms.TextInput(attrs=attrs), **options)
        self.actor: Actor | None = None

    def clean(self, value: Any) -> str:
        """Its reference; an error for what is not one of the choices."""
        text: str = super().clean(value)
        if not text:
            return ""
        if self.actor is None:
            raise TypeError("a SubjectField needs its actor")
        found = subjects.named(self.actor, [text]) or [
            one for one in subjects.find(self.actor, text, 2) if one.name == text
        ]
        if len(found) != 1:
            raise forms.ValidationError(gettext("没有找到这条记录,或有重名。请从列出的名称中选择。"))
        self.widget.attrs["data-label"] = found[0].name
        return found[0].reference

    def show(self, subject: subjects.Subject | None) -> None:
        """Let the combobox show what is already chosen."""
        if subject is not None:
            self.widget.attrs["data-label"] = f"{subject.name}({subject.kind})"


class DocumentForm(forms.Form):
    """A document as its writer fills it in."""

    issuer = OrganizationField(label=_("发文单位"))
    kind = forms.ChoiceField(label=_("种类"), choices=_choices(rules.KINDS))
    title = forms.CharField(label=_("标题"), max_length=120)
    number = forms.CharField(label=_("文号"), max_length=60, required=False)
    text = forms.CharField(
        label=_("正文"),
        max_length=50000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("一行一段;“一、”“(一)”开头的短行排成小标题。正文在附件里的可以不写。"),
    )
    bylines = forms.CharField(
        label=_("署名"),
        max_length=500,
        required=False,
        help_text=_("执笔人的姓名,按先后写,用顿号或空格隔开,最多 10 个;不署名的不填。"),
    )
    agreed = forms.BooleanField(
        label=_("署名的人同意公开姓名"),
        required=False,
        help_text=_("署名会随文件公开。新写上的姓名,征得本人同意后勾选。"),
    )
    made_on = day(_("成文日期"))
    audience = forms.ChoiceField(
        label=_("公开范围"),
        choices=_choices(rules.AUDIENCES),
        widget=forms.RadioSelect,
        help_text=_("社会公开的不用登录就能看,不要写个人信息和工作秘密;国家秘密不得录入本系统。"),
    )
    since = day(_("生效日期"), required=False, help_text=_("不填的公布之日起生效。"))
    until = day(_("失效日期"), required=False, help_text=_("不再有效的第一天;长期有效的不填。"))
    publish_on = day(
        _("计划公布日期"), required=False, help_text=_("终审通过后到这一天自动公布;不填的终审通过就公布。")
    )
    about = SubjectField(
        label=_("关联的记录"), required=False, help_text=_("文件说的是哪个联盟、村、企业;以后还可以再关联。")
    )

    def __init__(
        self, *args: Any, actor: Actor, document: Document | None = None, last: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        if last:
            self.fields["number"].help_text = gettext("上一个文号是 %(number)s。") % {"number": last}
        else:
            self.fields["number"].help_text = gettext("如 云委发〔2026〕1号;没有文号的不填。")
        if document is not None:
            del self.fields["issuer"], self.fields["about"]
        else:
            for name in ("issuer", "about"):
                self.fields[name].actor = actor  # type: ignore[attr-defined]

    def clean_issuer(self) -> Organization:
        """A body that the actor writes for."""
        issuer: Organization = self.cleaned_data["issuer"]
        if not self.actor.may("documents.write", issuer):
            raise forms.ValidationError(gettext("您不能替这个单位起草文件,请选择本单位或下属单位。"))
        return issuer

    def clean_bylines(self) -> list[str]:
        """The names, in order."""
        return bylines.names_in(self.cleaned_data["bylines"])

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        found = dict(self.cleaned_data)
        if "about" in found:
            found["about"] = [found["about"]] if found["about"] else []
        return found


class PictureForm(forms.Form):
    """A picture, or without the file what is said of one."""

    file = forms.FileField(label=_("图片"), widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}))
    caption = forms.CharField(
        label=_("图片说明"), max_length=bylines.CAPTION, help_text=_("图上是什么;看不见图片的人也读得到。")
    )
    credit = forms.CharField(
        label=_("供图"), max_length=bylines.CREDIT, help_text=_("提供图片的人或单位,显示为“图片由某某提供”。")
    )
    consent = forms.BooleanField(
        label=_("照片上认得出的人都同意公开,或没有认得出的人"),
        required=False,
        help_text=_("不勾选的,除公开范围为“本单位”的文件外不能送审。"),
    )

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["file"]


class ReviewForm(forms.Form):
    """A review: passed, or returned with a reason."""

    seen = forms.CharField(widget=forms.HiddenInput)
    passed = forms.ChoiceField(
        label=_("审核意见"),
        choices=[("yes", _("通过")), ("no", _("退回修改"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("说明"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("退回的必须写明理由;通过的可以不写。"),
    )


    def look_again(self, mark: str) -> None:
        """The text changed: what was written stays, the decision is made anew on what stands there now."""
        self.data = self.data.copy()
        self.data["seen"] = mark
        self.data.pop("passed", None)


class TakeDownForm(forms.Form):
    """Why it goes."""

    ground = forms.ChoiceField(
        label=_("下架原因"),
        choices=_choices(rules.GROUNDS),
        widget=forms.RadioSelect,
        help_text=_("原因会显示给看到这份文件的人;涉及个人信息的,标题也一并隐去。"),
    )
    reason = forms.CharField(
        label=_("具体说明"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("只在文件登记簿里看得到。"),
    )


class ConsultForm(forms.Form):
    """Who is asked."""

    organizations = forms.CharField(
        label=_("征求哪些单位的意见"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=6000,
        help_text=_("一行一个单位的全称、简称或统一社会信用代码。本地区有账号的单位会收到消息,可以看草稿并直接反馈。"),
    )
    due_on = day(_("请于何日前反馈"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_organizations(self) -> list[Organization]:
        """Each line names one body."""
        names = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["organizations"].splitlines()))))
        if len(names) > MOST_ASKED:
            raise forms.ValidationError(gettext("一次最多征求 %(n)s 个单位。") % {"n": MOST_ASKED})
        found = [(name, named_organization(self.actor, name, ())) for name in names]
        missing = [name for name, body in found if body is None]
        if missing:
            raise forms.ValidationError(
                gettext("没有找到或有重名:%(names)s。请写全称或统一社会信用代码。") % {"names": "、".join(missing)}
            )
        return list(dict.fromkeys(body for _name, body in found if body is not None))


class OpinionForm(forms.Form):
    """What a body thinks of a draft."""

    stance = forms.ChoiceField(label=_("意见"), choices=_choices(rules.STANCES), widget=forms.RadioSelect)
    text = long_text(_("具体意见"), 5, 3000)

    def clean(self) -> dict[str, Any]:
        """To object or to amend says what."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("stance") in ("amend", "object") and not found.get("text"):
            self.add_error("text", gettext("请写明具体意见。"))
        return found


class SettleForm(forms.Form):
    """What was made of it."""

    outcome = forms.ChoiceField(label=_("采纳情况"), choices=_choices(rules.OUTCOMES), widget=forms.RadioSelect)
    response = long_text(_("理由或说明"), 3, 300, _("未采纳的必须写明理由。"))


class SubjectForm(forms.Form):
    """A record that the document is about."""

    subject = SubjectField(label=_("关联的记录"), help_text=_("输入联盟、村、企业或其他单位的名称,从列出的里面选。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].actor = actor  # type: ignore[attr-defined]
