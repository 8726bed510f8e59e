"""What is typed about points."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField, day
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused
from lianjian.foundation.looks import show_date

from .actions import known_accounts
from .models import Account, Claim, Edition, Good, Item, Review, Scheme
from .queries import choices_of_meetings, claim_words
from .rules import points as rules

ITEMS_HELP = _("一行一项,先写事项后写分值,例如:参加卫生清整 2。只加分,不设扣分项。")
ACCOUNTS_HELP = _("一行一户,写户号或姓名(同名的带上组名),可以从接龙里粘贴。")


def _pairs(words: Any) -> list[tuple[str, Any]]:
    return [(code, _(name)) for code, name in words.items()]


class ChangeSchemeForm(forms.Form):
    """What a body's points are called, and how they are used."""

    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("例如:积分超市。"))
    per = forms.ChoiceField(label=_("多久兑换一次"), choices=_pairs(rules.PERIODS), initial="month")
    show_days = forms.IntegerField(
        label=_("公示天数"),
        min_value=1,
        max_value=rules.MOST_DAYS,
        initial=5,
        help_text=_("评议通过的积分先公示再入账。"),
    )
    carries = forms.BooleanField(label=_("年末结余转入下年"), required=False, initial=True)


class SchemeForm(ChangeSchemeForm):
    """A body's points."""

    organization = OrganizationField(label=_("单位"), help_text=_("村、社区或联建党组织。"))
    unit = forms.ChoiceField(
        label=_("积分单元"), choices=_pairs(rules.UNITS), widget=forms.RadioSelect, initial="household"
    )
    field_order = ("organization", "name", "unit", "per")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]


class _WithMeeting(forms.Form):
    """A form with a meeting or activity of the body."""

    def __init__(self, *args: Any, actor: Actor, now: datetime, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = choices_of_meetings(actor, scheme, now)
        self.fields["meeting"].choices = [("", _("不关联")), *meetings]  # type: ignore[attr-defined]

    def clean_meeting(self) -> Meeting | None:
        """The meeting chosen."""
        key = self.cleaned_data["meeting"]
        return Meeting.objects.get(key=key) if key else None


class EditionForm(_WithMeeting):
    """What gives points, by which decision, from when on."""

    items = forms.CharField(
        label=_("积分事项和分值"), help_text=ITEMS_HELP, max_length=5000, widget=forms.Textarea(attrs={"rows": 12})
    )
    decided_on = day(_("通过日期"), help_text=_("按“四议两公开”由村民会议或村民代表会议通过的日期。"))
    published_on = day(_("公布日期"))
    starts_on = day(_("启用日期"), help_text=_("先公布后启用;以前的登记仍按当时的分值。"))
    document = forms.CharField(label=_("依据"), max_length=120, help_text=_("会议记录、公告或文件的名称或文号。"))
    meeting = forms.ChoiceField(label=_("在哪次会议上通过"), required=False)


def edition_text(edition: Edition) -> str:
    """The items of an edition as they are typed."""
    return "\n".join(f"{one.name} {one.points}" for one in edition.items.order_by("number"))


class AccountsForm(forms.Form):
    """Accounts, one a line."""

    rows = forms.CharField(
        label=_("开户名单"),
        max_length=30000,
        help_text=_("一行一户:组名 姓名 期初积分,中间空一格,可以从表格里整列粘贴。组名和期初积分可以不写。"),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    document = forms.CharField(
        label=_("期初积分依据"), max_length=200, required=False, help_text=_("带期初积分的才填,例如:2025年积分台账。")
    )
    agreed = forms.BooleanField(
        label=_("名单里各户都同意公示姓名"), required=False, help_text=_("没有同意的,公示时只列户号。")
    )
    skip_known = forms.BooleanField(label=_("已经开户的跳过"), required=False)

    def clean_rows(self) -> list[rules.Opening]:
        """Names with their groups and what they bring along."""
        try:
            return rules.openings_of(self.cleaned_data["rows"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class AccountForm(forms.Form):
    """Whose account it is."""

    name = forms.CharField(label=_("姓名"), max_length=40, help_text=_("按户积分的写户主姓名。"))
    group = forms.CharField(label=_("村民小组"), max_length=40, required=False)
    agreed = forms.BooleanField(
        label=_("同意公示姓名"), required=False, help_text=_("没有同意的,公示时只列户号。")
    )


class ClaimsForm(_WithMeeting):
    """What accounts did on a day."""

    on = day(_("日期"))
    item = forms.ChoiceField(label=_("事项"))
    times = forms.IntegerField(label=_("次数"), min_value=1, max_value=rules.MOST_TIMES, initial=1)
    accounts = forms.CharField(
        label=_("积分户"), help_text=ACCOUNTS_HELP, max_length=30000, widget=forms.Textarea(attrs={"rows": 8})
    )
    proof = forms.CharField(label=_("凭据"), max_length=200, help_text=_("例如:签到表、活动记录、网格员现场核实。"))
    meeting = forms.ChoiceField(label=_("哪次会议或活动"), required=False)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, scheme=scheme, **kwargs)
        rows = Item.objects.filter(edition__scheme=scheme, edition__withdrawn_on__isnull=True)
        # Words that several editions share are one choice: the day says by which it counts.
        words: dict[str, str] = {}
        for name, points in rows.order_by("-edition__starts_on", "number").values_list("name", "points"):
            words.setdefault(name, gettext("%(name)s(%(n)s分)") % {"name": name, "n": points})
        self.fields["item"].choices = list(words.items())  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    """Whose proof was seen."""

    claims = forms.MultipleChoiceField(
        label=_("凭据属实的"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("不属实的不勾,另行撤回。"),
    )
    on = day(_("初核日期"))
    by = forms.CharField(label=_("初核人"), max_length=80, required=False, help_text=_("例如:村民小组长、网格员。"))

    def __init__(self, *args: Any, rows: Sequence[Claim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claims"].choices = [(str(one.key), _claim_label(one)) for one in rows]  # type: ignore[attr-defined]
        # What somebody else settled meanwhile is passed over, not an error of this form.
        self.fields["claims"].valid_value = _is_key  # type: ignore[attr-defined]
        self.fields["claims"].initial = [str(one.key) for one in rows]

    def clean_claims(self) -> list[UUID]:
        """Keys of claims."""
        return [UUID(key) for key in self.cleaned_data["claims"]]


def _is_key(value: Any) -> bool:
    try:
        return bool(UUID(str(value)))
    except ValueError:
        return False


def _claim_label(one: Claim) -> str:
    points = gettext("%(n)s分") % {"n": one.points}
    words = claim_words(one.item.name, one.times)
    return " · ".join(filter(None, (one.account.name, one.account.group, words, show_date(one.on), points, one.proof)))


class ReviewForm(forms.Form):
    """Who judges, on which day."""

    on = day(_("评议日期"))
    jurors = forms.CharField(
        label=_("评议小组"),
        max_length=2000,
        help_text=_("一行一人,3人以上且为单数。自家的积分户写成“姓名/户号”,几户用逗号隔开;与户主同名的自动回避。"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_jurors(self) -> list[tuple[str, str]]:
        """Names, each with the account of the own household where there is one."""
        found = []
        for line in filter(str.strip, self.cleaned_data["jurors"].splitlines()):
            name, _mark, own = line.replace("\uff0f", "/").partition("/")
            found.append((name.strip(), own.strip()))
        return found


def panel_text(scheme: Scheme) -> str:
    """The panel of the last review as it is typed."""
    last = Review.objects.filter(scheme=scheme).order_by("-number").first()
    if last is None:
        return ""
    lines = []
    for juror in last.jurors.prefetch_related("recusals__account").order_by("pk"):
        homes = ",".join(str(one.account.number) for one in juror.recusals.all())
        lines.append(f"{juror.name}/{homes}" if homes else juror.name)
    return "\n".join(lines)


class VotesForm(forms.Form):
    """How many said yes to each claim."""

    def __init__(self, *args: Any, rows: Sequence[Claim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in rows:
            words = {"words": _claim_label(one), "most": one.voters}
            self.fields[one.key.hex] = forms.IntegerField(
                label=gettext("%(words)s · %(most)s人评议") % words,
                min_value=0,
                max_value=one.voters,
                initial=one.voters if one.votes is None else one.votes,
            )

    def votes(self) -> dict[UUID, int]:
        """Counts by the key of the claim."""
        return {UUID(hex=name): count for name, count in self.cleaned_data.items()}


class ShowForm(forms.Form):
    """From when on a list hangs out, by what."""

    on = day(_("公示开始日期"))
    document = forms.CharField(label=_("依据"), max_length=120, help_text=_("例如:11月评议小组会议记录。"))


class OnForm(forms.Form):
    """A day."""

    on = day(_("入账日期"))


class BringForm(forms.Form):
    """What an account had before."""

    points = forms.IntegerField(label=_("期初积分"), min_value=1, max_value=rules.MOST_BALANCE)
    on = day(_("日期"))
    document = forms.CharField(label=_("依据"), max_length=200, help_text=_("例如:2025年积分台账。"))


class ClearForm(forms.Form):
    """Which year is cleared, by what."""

    year = forms.IntegerField(label=_("年度"), min_value=1900, max_value=2100)
    document = forms.CharField(label=_("依据"), max_length=200, help_text=_("例如:积分办法第八条、清零公告。"))


class GoodForm(forms.Form):
    """What is given, for how much."""

    name = forms.CharField(label=_("兑换品名称"), max_length=40, help_text=_("例如:洗衣粉(1千克)。"))
    unit = forms.CharField(label=_("计量单位"), max_length=10, initial="袋")
    price = forms.IntegerField(label=_("兑换分值"), min_value=1, max_value=100000)


class StockForm(forms.Form):
    """Why and by how much the stock moves."""

    kind = forms.ChoiceField(
        label=_("类别"),
        choices=[(code, _(rules.STOCK_KINDS[code])) for code in rules.BY_HAND],
        widget=forms.RadioSelect,
    )
    quantity = forms.IntegerField(
        label=_("数量"), min_value=0, max_value=rules.MOST_STOCK, help_text=_("盘点的写实际数出来的数。")
    )
    on = day(_("日期"))
    document = forms.CharField(label=_("依据"), max_length=120, help_text=_("例如:购物发票、捐赠单、盘点表。"))
    donor = OrganizationField(label=_("捐赠单位"), required=False, help_text=_("只有捐赠才填。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["donor"].actor = actor  # type: ignore[attr-defined]


class DayForm(_WithMeeting):
    """A day on which points are exchanged."""

    on = day(_("兑换日期"))
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    meeting = forms.ChoiceField(label=_("哪次活动"), required=False, help_text=_("例如:本月的积分集中兑换活动。"))


class ExchangeForm(forms.Form):
    """Who takes how many of what."""

    account = forms.CharField(label=_("积分户"), max_length=60, help_text=_("写户号或姓名(同名的带上组名)。"))
    good = forms.ChoiceField(label=_("兑换品"), widget=forms.RadioSelect)
    quantity = forms.IntegerField(label=_("数量"), min_value=1, max_value=rules.MOST_STOCK, initial=1)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        goods = Good.objects.filter(scheme=scheme, ended_on__isnull=True)
        self.goods: dict[str, Good] = {str(one.key): one for one in goods}
        rows = sorted(self.goods.values(), key=lambda one: (one.price, one.name))
        self.fields["good"].choices = [(str(one.key), _good_label(one)) for one in rows]  # type: ignore[attr-defined]

    def clean_account(self) -> Account:
        """The account that is meant."""
        try:
            found = rules.resolve(self.cleaned_data["account"], known_accounts(self.scheme))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if len(found) > 1:
            raise forms.ValidationError(gettext("一次只给一户兑换,请只写一户。"))
        account: Account = Account.objects.get(pk=found[0].pk)
        return account

    def clean_good(self) -> Good:
        """The good chosen."""
        return self.goods[self.cleaned_data["good"]]


def _good_label(one: Good) -> str:
    words = {"name": one.name, "price": one.price, "stock": one.stock, "unit": one.unit}
    return gettext("%(name)s · %(price)s分 · 还有%(stock)s%(unit)s") % words


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("写事情,不写姓名和隐私。"))


class BackForm(ReasonForm):
    """Why, and whether the good goes back into stock."""

    restock = forms.BooleanField(label=_("物品完好,退回库存"), required=False, initial=True)
