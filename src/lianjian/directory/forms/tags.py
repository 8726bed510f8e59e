"""What is typed about tags, villages that move, and cadres posted to villages, made clean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor

from ..models import Organization, Tag
from .fields import OrganizationField, PersonField, day, long_text

KINDS = Organization.Classification.choices
DOCUMENT = _("文号或标题。")


def _document(required: bool = True) -> forms.CharField:
    return forms.CharField(label=_("依据文件"), max_length=120, required=required, help_text=DOCUMENT)


class SchemeForm(forms.Form):
    """A group of tags."""

    name = forms.CharField(label=_("标签组名称"), max_length=40, help_text=_("如:四类村、重点名单。"))
    about = long_text(_("说明"), rows=2, most=300)
    kinds = forms.MultipleChoiceField(
        label=_("适用于"),
        required=False,
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选表示各类组织都能用。"),
    )
    exclusive = forms.BooleanField(
        label=_("同组标签同时只能有一个"),
        required=False,
        help_text=_("如村的分类:认定新的一类,原来的一类同时结束。保存后不能改。"),
    )


class ChangeSchemeForm(SchemeForm):
    """The same group; whether it is exclusive stays."""

    exclusive = None  # type: ignore[assignment]


class TagForm(forms.Form):
    """One tag."""

    name = forms.CharField(label=_("标签"), max_length=40)
    document = _document(required=False)


class MeasureForm(forms.Form):
    """What is done for those with a tag."""

    text = long_text(_("措施"), rows=3, most=300)
    document = _document()
    since = day(_("从哪天起"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True


class ChangeMeasureForm(MeasureForm):
    """Better words for the same measure."""

    since = None  # type: ignore[assignment]


class EndMeasureForm(forms.Form):
    """The first day without it."""

    until = day(_("到哪天止"), help_text=_("这一天起不再有效。"))


class TagField(forms.ChoiceField):
    """One of the tags that may be given here."""

    def offer(self, tags: Sequence[Tag]) -> None:
        """The tags by group; `clean` gives back one of them."""
        self.held = {str(tag.key): tag for tag in tags}
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, tag in self.held.items():
            groups.setdefault(tag.scheme.name, []).append((key, tag.name))
        self.choices = [("", "—"), *groups.items()]  # type: ignore[assignment]

    def clean(self, value: Any) -> Tag | None:
        """The tag that was chosen."""
        return self.held.get(super().clean(value))


class SetTagForm(forms.Form):
    """A tag for an organization."""

    tag = TagField(label=_("标签"))
    since = day(_("从哪天起"))
    until = day(_("到哪天止"), required=False, help_text=_("这一天起不再有效;没有期限的不填。"))
    document = _document()

    def __init__(self, *args: Any, tags: Sequence[Tag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tag"].offer(tags)  # type: ignore[attr-defined]


class AssignForm(SetTagForm):
    """A tag for many organizations at once: those that are ticked."""

    organizations = forms.MultipleChoiceField(
        label=_("给哪些组织"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一个组织。")},
    )

    def __init__(self, *args: Any, rows: Sequence[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.key): row for row in rows}
        choices = [(key, f"{row.name} · {row.get_classification_display()}") for key, row in self.rows.items()]
        self.fields["organizations"].choices = choices  # type: ignore[attr-defined]
        self.fields["organizations"].initial = list(self.rows)

    def chosen(self) -> list[Organization]:
        """The organizations that are ticked, in the order shown."""
        wanted = set(self.cleaned_data["organizations"])
        return [row for key, row in self.rows.items() if key in wanted]


class EndOrWithdrawForm(forms.Form):
    """A dated row ends, or was a mistake from the beginning."""

    how = forms.ChoiceField(
        label=_("办理"),
        choices=[("end", _("到期或不再符合,从某天起结束")), ("withdraw", _("登记错了,撤回"))],
        widget=forms.RadioSelect,
        initial="end",
    )
    until = day(_("到哪天止"), required=False, help_text=_("结束时填:这一天起不再有效。撤回的不填。"))
    reason = forms.CharField(label=_("理由"), max_length=200)

    def clean(self) -> dict[str, Any]:
        """An end has its day."""
        values = super().clean() or {}
        if values.get("how") == "end" and not values.get("until") and "until" not in self.errors:
            self.add_error("until", _("请填写结束日期。"))
        return values


class RelocationForm(forms.Form):
    """Households that moved, in numbers only."""

    other = OrganizationField(label=_("安置点"), classifications=("settlement", "village"))
    since = day(_("搬入日期"))
    households = forms.IntegerField(label=_("户数"), min_value=1, max_value=100_000)
    residents = forms.IntegerField(label=_("人数"), min_value=1, max_value=1_000_000)
    whole = forms.BooleanField(
        label=_("整村搬迁"), required=False, help_text=_("这一次搬完,全村都已搬出。")
    )
    document = _document()

    def __init__(self, *args: Any, actor: Actor, into: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if into:  # asked from the settlement's side
            self.fields["other"] = OrganizationField(label=_("搬出的村"), classifications=("village",))
            self.order_fields(["other"])
        self.fields["other"].actor = actor  # type: ignore[attr-defined]


class PostingForm(forms.Form):
    """A cadre posted to a village."""

    person = PersonField(label=_("干部"), help_text=_("从人员名册中选择;名册里没有的先登记人员。"))
    sent_by = OrganizationField(label=_("派出单位"), help_text=_("县外单位先按类别登记为组织。"))
    since = day(_("从哪天起"))
    until = day(_("到哪天止"), required=False, help_text=_("这一天起不再派驻;没有期限的不填。"))
    task = long_text(_("任务"), rows=2, most=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person", "sent_by"):
            self.fields[name].actor = actor  # type: ignore[attr-defined]
