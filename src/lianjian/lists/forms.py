"""What is typed about items, claims and editions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.alliances.models import Alliance
from lianjian.alliances.queries import every_term
from lianjian.directory.forms.fields import OrganizationField
from lianjian.directory.models import Organization
from lianjian.events.models import Venue
from lianjian.foundation.actor import Actor

from . import rules
from .matching import seeds
from .models import Item
from .models.items import alliances_of
from .queries.people import own_bodies, speaks_for, venues_of

BLANK = ("", "—")
MOST = 50


def amount(label: Any, **options: Any) -> forms.DecimalField:
    """A quantity above 0, to two places."""
    return forms.DecimalField(
        label=label, min_value=Decimal("0.01"), max_digits=14, decimal_places=2, **options
    )


class SideField(OrganizationField):
    """A body for which the actor writes."""

    def clean(self, value: Any) -> Organization | None:
        """The body; an error where it is another's."""
        found = super().clean(value)
        if found is not None and self.actor is not None and not speaks_for(self.actor, found):
            raise forms.ValidationError(gettext("您只能替本地区或本单位办理,请选择自己这一方的单位。"))
        return found


def one_of_mine(form: forms.Form, actor: Actor, name: str = "organization") -> Organization | None:
    """The actor's one body, which need not be asked for; the field is set up, or taken away."""
    bodies = own_bodies(actor)
    if len(bodies) == 1:
        del form.fields[name]
        return bodies[0]
    if 1 < len(bodies) <= MOST:
        choices = [(str(body.key), body.name) for body in bodies]
        form.fields[name].widget = forms.Select(choices=choices)
    form.fields[name].actor = actor  # type: ignore[attr-defined]
    return None


class PublishedPart(forms.Form):
    """What every item says, whatever it came from."""

    category = forms.ChoiceField(label=_("类别"))
    title = forms.CharField(label=_("名称"), max_length=80)
    text = forms.CharField(
        label=_("说明"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    capacity = amount(_("数量"), required=False, help_text=_("能提供或需要多少;不限数量的不填。"))
    unit = forms.CharField(label=_("单位(吨、人、间等)"), max_length=10, required=False)
    since = forms.DateField(label=_("从哪天起"), widget=forms.DateInput, required=False)
    until = forms.DateField(label=_("到哪天止"), widget=forms.DateInput, required=False)
    expires_on = forms.DateField(
        label=_("截止日期"),
        widget=forms.DateInput,
        required=False,
        help_text=_("过了这一天不再推荐、不再接受对接;长期有效的不填。"),
    )
    visibility = forms.ChoiceField(
        label=_("可见范围"),
        choices=list(rules.VISIBILITY.items()),
        widget=forms.RadioSelect,
        initial="county",
        help_text=_("对社会公开的由乡镇办公室发布。"),
    )
    alliance = forms.ChoiceField(label=_("联盟"), required=False, help_text=_("只给一个联盟看的才选。"))

    def __init__(self, *args: Any, actor: Actor, held: Item | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        words = every_term(actor.jurisdiction_id)["item"]
        kept = (
            [(held.category, held.category)] if held is not None and held.category not in dict(words) else []
        )
        self.fields["category"].choices = [("", gettext("请选择")), *words, *kept]  # type: ignore[attr-defined]
        self.fields["visibility"].choices = [(code, gettext(word)) for code, word in rules.VISIBILITY.items()]  # type: ignore[attr-defined]
        mine = Q(pk__in=alliances_of(actor))
        if held is not None and held.alliance_id is not None:
            mine |= Q(pk=held.alliance_id)
        rows = Alliance.objects.filter(mine).select_related("organization")
        self.alliances = {str(one.key): one for one in rows.order_by("organization__name")}
        names = [(key, one.organization.name) for key, one in self.alliances.items()]
        self.fields["alliance"].choices = [BLANK, *names]  # type: ignore[attr-defined]

    def clean_alliance(self) -> Alliance | None:
        """The alliance itself."""
        return self.alliances.get(self.cleaned_data["alliance"])


class ItemForm(PublishedPart):
    """A resource, project or activity."""

    kind = forms.ChoiceField(label=_("清单"), widget=forms.RadioSelect)
    organization = SideField(label=_("发布单位"))
    reusable = forms.BooleanField(label=_("用完归还,完成后数量恢复(仓储、人员、设备)"), required=False)
    by_day = forms.BooleanField(label=_("场地设施,按天预订,一次一家"), required=False)
    venue = forms.ChoiceField(
        label=_("阵地"),
        required=False,
        help_text=_("登记过的阵地从这里选,按天预订,和在那里安排的会议活动互不冲突;没有登记的不选。"),
    )
    field_order = (
        "kind",
        "organization",
        "category",
        "title",
        "text",
        "place",
        "capacity",
        "unit",
        "reusable",
        "by_day",
        "venue",
    )

    def __init__(self, *args: Any, actor: Actor, held: Item | None = None, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, held=held, **kwargs)
        self.fixed: Organization | None = None
        kinds = [(code, gettext(word)) for code, word in rules.KINDS.items() if code != rules.NEED]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.venues = {str(one.key): one for one in venues_of(actor, held.venue if held is not None else None)}
        names = [(key, f"{one.name}({one.organization.name})") for key, one in self.venues.items()]
        self.fields["venue"].choices = [BLANK, *names]  # type: ignore[attr-defined]
        if not names:
            del self.fields["venue"]
        if held is not None:
            for name in ("kind", "organization"):
                del self.fields[name]
        else:
            self.fixed = one_of_mine(self, actor)

    def clean_venue(self) -> Venue | None:
        """The venue itself."""
        return self.venues.get(self.cleaned_data["venue"])

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        return {**self.cleaned_data, **({"organization": self.fixed} if self.fixed is not None else {})}


class ClaimForm(forms.Form):
    """A body asks for an item (or, with `invite`, its owner asks a body)."""

    organization = SideField(label=_("对接单位"))
    amount = amount(_("数量"), initial=1)
    since = forms.DateField(label=_("从哪天起"), widget=forms.DateInput, required=False)
    until = forms.DateField(label=_("到哪天止"), widget=forms.DateInput, required=False)
    words = forms.CharField(
        label=_("说明"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, actor: Actor, item: Item, invite: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fixed: Organization | None = None
        if invite:
            self.fields["organization"] = OrganizationField(
                label=_("邀请哪个单位"), help_text=_("本县任何乡镇的单位都可以邀请。")
            )
            self.fields["organization"].actor = actor  # type: ignore[attr-defined]
        else:
            self.fixed = one_of_mine(self, actor)
        if item.by_day:
            del self.fields["amount"]
            for name in ("since", "until"):
                self.fields[name].required = True
        elif item.capacity is not None:
            self.fields["amount"].help_text = gettext("还剩 %(left)s。") % {
                "left": rules.shown(item.left, item.unit)
            }

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        return {**self.cleaned_data, **({"organization": self.fixed} if self.fixed is not None else {})}


class WordsForm(forms.Form):
    """What is said with a move."""

    words = forms.CharField(
        label=_("说明"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needed:
            self.fields["words"].label, self.fields["words"].required = gettext("原因"), True


class RatingForm(WordsForm):
    """How it went."""

    rating = forms.TypedChoiceField(label=_("评价"), coerce=int, widget=forms.RadioSelect)
    field_order = ("rating", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rating"].choices = [(code, gettext(word)) for code, word in rules.RATINGS.items()]  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    """What came of it."""

    kind = forms.ChoiceField(label=_("成效"), widget=forms.RadioSelect)
    amount = amount(_("数量"), help_text=_("资金按元,用工按人,用地按亩。"))
    unit = forms.CharField(
        label=_("计量单位"),
        max_length=10,
        required=False,
        help_text=_("只有物资或服务要写,例如 吨、台、次。"),
    )
    on = forms.DateField(label=_("日期"), widget=forms.DateInput)
    words = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (code, gettext(name)) for code, (name, _unit) in rules.OUTCOMES.items()
        ]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The item is over, or is taken back."""

    withdrawn = forms.BooleanField(label=_("撤回(发错了或不再提供)"), required=False)
    reason = forms.CharField(label=_("原因"), max_length=200, required=False, help_text=_("撤回的必须写明。"))


class EditionForm(forms.Form):
    """An edition is issued."""

    title = forms.CharField(label=_("期号"), max_length=60)
    kind = forms.ChoiceField(label=_("清单"), required=False)
    alliance = forms.ChoiceField(label=_("发布范围"), required=False)
    reach = forms.ChoiceField(
        label=_("给谁看"),
        required=False,
        help_text=_("给全县的不含只对本地区公开的条目。联盟的期刊只有成员和本地区能看。"),
    )
    since = forms.DateField(label=_("自"), widget=forms.DateInput)
    until = forms.DateField(label=_("至"), widget=forms.DateInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, gettext(word)) for code, word in rules.KINDS.items()]
        self.fields["kind"].choices = [("", gettext("四张清单")), *kinds]  # type: ignore[attr-defined]
        reaches = [(code, gettext(word)) for code, word in rules.REACHES.items()]
        self.fields["reach"].choices = reaches  # type: ignore[attr-defined]
        rows = Alliance.objects.filter(
            jurisdiction_id=actor.jurisdiction_id, organization__dissolved_on__isnull=True
        )
        self.alliances = {str(one.key): one for one in rows.select_related("organization").order_by("pk")}
        names = [(key, one.organization.name) for key, one in self.alliances.items()]
        self.fields["alliance"].choices = [("", gettext("本地区")), *names]  # type: ignore[attr-defined]

    def clean_reach(self) -> str:
        """The county, where nothing is said."""
        return self.cleaned_data["reach"] or "county"

    def clean_alliance(self) -> Alliance | None:
        """The alliance itself; none for the place."""
        return self.alliances.get(self.cleaned_data["alliance"])


class WithdrawForm(forms.Form):
    """Why an outcome counts no more."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class AcceptForm(forms.Form):
    """A proposal is taken up: what is claimed of it."""

    amount = amount(_("数量"), required=False)
    since = forms.DateField(label=_("自"), required=False, widget=forms.DateInput)
    until = forms.DateField(label=_("至"), required=False, widget=forms.DateInput)
    words = forms.CharField(
        label=_("说明"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, other: Item | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if other is None:
            for name in ("amount", "since", "until", "words"):
                del self.fields[name]
        elif other.by_day:
            del self.fields["amount"]
            for name in ("since", "until"):
                self.fields[name].required = True
        elif other.capacity is not None:
            self.fields["amount"].required = True
            self.fields["amount"].help_text = gettext("还剩 %(left)s。") % {"left": rules.shown(other.left, other.unit)}

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class ReasonForm(forms.Form):
    """Why it does not fit."""

    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class SynonymForm(forms.Form):
    """Two words that mean the same."""

    word = forms.CharField(label=_("词"), max_length=24)
    other = forms.CharField(label=_("同义词"), max_length=24)
    ground = forms.CharField(label=_("理由"), max_length=200, required=False)


class WeightForm(forms.Form):
    """How much a criterion counts."""

    code = forms.ChoiceField(label=_("依据"))
    value = forms.DecimalField(label=_("权重"), min_value=0, max_value=20, decimal_places=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(code, gettext(str(name))) for code, (name, _weight) in seeds.WEIGHTS.items()]
        self.fields["code"].choices = names  # type: ignore[attr-defined]
