"""What is typed about organizations, made clean."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor

from ..models import Organization, PartyProfile, VillageProfile
from ..models.organizations import Formation
from ..queries.lists import role_choices
from ..queries.resolving import resolve_area
from ..rules import gcj_from_wgs, wgs_from_gcj
from ..rules.sectors import OWNERSHIPS
from .fields import CreditCodeField, IndustryField, OrganizationField, TagsField, day, long_text

FACTS = ("name", "short_name", "code", "external_code", "address", "founded_on", "functions", "tags")
PROFILE_OF = {
    "enterprise": "enterprise",
    "social": "enterprise",
    "cooperative": "enterprise",
    "village": "village",
    "party": "party",
}
_BLANK = [("", "—")]


def _profile_fields(kind: str) -> dict[str, forms.Field]:
    """Fields that only this kind of organization has."""
    if kind == "enterprise":
        return {
            "industry": IndustryField(
                label=_("行业"),
                required=False,
                max_length=80,
                help_text=_("代码或名称,如 2110 或 家具制造业。"),
            ),
            "ownership": forms.ChoiceField(
                label=_("所有制"),
                required=False,
                choices=[*_BLANK, *((code, _(word)) for code, word in OWNERSHIPS.items())],
                help_text=_("按控股情况选;社会组织、合作社不用填。"),
            ),
            "legal_representative": forms.CharField(label=_("法定代表人"), required=False, max_length=40),
            "party_formation": forms.ChoiceField(
                label=_("党组织组建形式"), required=False, choices=[*_BLANK, *Formation.choices]
            ),
        }
    if kind == "party":
        return {
            "level": forms.ChoiceField(label=_("层级"), choices=PartyProfile.Level.choices, initial="branch"),
            "formation": forms.ChoiceField(
                label=_("组建形式"), required=False, choices=[*_BLANK, *PartyProfile.Formation.choices]
            ),
            "chain": forms.CharField(label=_("产业链"), required=False, max_length=40),
            "secretary_name": forms.CharField(label=_("书记"), required=False, max_length=40),
            "members": forms.IntegerField(label=_("党员数"), required=False, min_value=0, max_value=1000000),
            "members_as_of": day(_("党员数截至"), required=False),
        }
    if kind == "village":
        return {
            "kind": forms.ChoiceField(label=_("类别"), choices=VillageProfile.Kind.choices),
            "households": forms.IntegerField(label=_("户数"), required=False, min_value=0),
            "residents": forms.IntegerField(label=_("人口"), required=False, min_value=0),
            "land_mu": forms.DecimalField(
                label=_("耕地(亩)"), required=False, min_value=0, max_digits=12, decimal_places=2
            ),
        }
    return {}


class FactsForm(forms.Form):
    """What an organization is called, where it is, and the details of its kind."""

    name = forms.CharField(label=_("名称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=60, required=False)
    code = CreditCodeField(
        label=_("统一社会信用代码"), max_length=40, required=False, help_text=_("18位;空格和小写会自动改正。")
    )
    external_code = forms.CharField(
        label=_("其他编号"), max_length=60, required=False, help_text=_("党组织代码等本地编号。")
    )
    village = forms.CharField(label=_("所在村(社区)"), max_length=60, required=False)
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    longitude = forms.DecimalField(
        label=_("经度"), required=False, min_value=-180, max_value=180, max_digits=9, decimal_places=6
    )
    latitude = forms.DecimalField(
        label=_("纬度"), required=False, min_value=-90, max_value=90, max_digits=9, decimal_places=6
    )
    datum = forms.ChoiceField(
        label=_("坐标来源"),
        required=False,
        choices=[("WGS-84", _("卫星定位(WGS-84)")), ("GCJ-02", _("高德、腾讯等地图(GCJ-02)"))],
        help_text=_("位置可以不填。存为WGS-84。"),
    )
    founded_on = day(_("成立日期"), required=False)
    functions = long_text(_("职能"))
    tags = TagsField(
        label=_("关键词"), required=False, max_length=200, help_text=_("随手记的词,用顿号分开;正式认定请用“标签”。")
    )

    def __init__(self, *args: Any, actor: Actor, kind: str, business: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.kind = actor, kind
        own = _profile_fields(PROFILE_OF.get(kind, ""))
        if not business:
            own.pop("legal_representative", None)
        self.own = tuple(own)
        self.fields.update(own)
        self.area_code = ""

    def clean(self) -> dict[str, Any]:
        """Both coordinates or none; the village must be one of the loaded divisions."""
        values = super().clean() or {}
        lng, lat = values.get("longitude"), values.get("latitude")
        if (lng is None) != (lat is None):
            self.add_error("latitude" if lat is None else "longitude", gettext("经度和纬度要一起填。"))
        elif lng is not None and lat is not None and values.get("datum") == "GCJ-02":
            east, north = wgs_from_gcj(float(lng), float(lat))
            values["longitude"], values["latitude"] = round(east, 6), round(north, 6)
        values["area"] = None
        if values.get("village"):
            values["area"] = resolve_area(values["village"], self.area_code)
            if values["area"] is None:
                self.add_error(
                    "village",
                    gettext("区划表里没有唯一的“%(name)s”,请写全称,或留空。") % {"name": values["village"]},
                )
        return values

    def facts(self) -> dict[str, Any]:
        """What the verb takes for the organization itself."""
        values = self.cleaned_data
        return {name: values[name] for name in (*FACTS, "area", "longitude", "latitude")}

    def profile(self) -> dict[str, Any]:
        """What the verb takes for the details of its kind."""
        values = {name: self.cleaned_data[name] for name in self.own}
        if "industry" in values:
            values["industry"], values["industry_text"] = values["industry"]
        return values


class RegisterForm(FactsForm):
    """A new organization below another."""

    parent = OrganizationField(label=_("上级组织"))
    since = day(_("从哪天起"), help_text=_("隶属上级的第一天。"))
    field_order = ("name", "parent", "since")

    def __init__(self, *args: Any, actor: Actor, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, kind=kind, **kwargs)
        self.fields["parent"].actor = actor  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        named = {name: self.cleaned_data[name] for name in ("parent", "since")}
        profile = self.profile() if self.own else None
        return {**named, **self.facts(), "classification": self.kind, "profile": profile}


def sections(form: FactsForm) -> list[tuple[Any, tuple[str, ...]]]:
    """The form in parts, the details of its kind after the basics."""
    basics = ("name", "short_name", "parent", "since", "code", "external_code")
    place = ("village", "address", "longitude", "latitude", "datum")
    rows: list[tuple[Any, tuple[str, ...]]] = [(_("基本情况"), basics)]
    if form.own:
        rows.append((_("本类组织的情况"), form.own))
    return [*rows, (_("位置(选填)"), place), (_("其他(选填)"), ("founded_on", "functions", "tags"))]


def initial_of(organization: Organization) -> dict[str, Any]:
    """The stored facts, for the form that changes them."""
    values = {name: getattr(organization, name) for name in (*FACTS, "longitude", "latitude")}
    values["village"] = organization.area.name if organization.area else ""
    profile = getattr(organization, PROFILE_OF.get(organization.classification, ""), None)
    if profile is not None:
        for name in _profile_fields(PROFILE_OF[organization.classification]):
            values[name] = getattr(profile, name)
        if "industry" in values:
            values["industry"] = profile.industry_text or (str(profile.industry) if profile.industry else "")
    return values


class MoveForm(forms.Form):
    """Another place in the tree."""

    parent = OrganizationField(label=_("新的上级"))
    since = day(_("从哪天起"), help_text=_("这一天以前的组织架构保持不变。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].actor = actor  # type: ignore[attr-defined]


class DissolveForm(forms.Form):
    """The first day on which it is no more."""

    on = day(_("撤销日期"), help_text=_("从这一天起不再列入名册,以前的记录保留。"))


LINK_KINDS = [
    ("horizontal", _("横向联系")),
    ("party", _("党组织关系(党组织→企业)")),
    ("coverage", _("指导站覆盖(指导站→企业)")),
]


class LinkForm(forms.Form):
    """A relation beside the tree."""

    kind = forms.ChoiceField(label=_("关系"), choices=LINK_KINDS)
    other = OrganizationField(label=_("另一方"), help_text=_("党组织、指导站或横向联系的单位。"))
    since = day(_("从哪天起"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].actor = actor  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The first day on which something no longer holds."""

    until = day(_("到哪天止"), help_text=_("这一天起不再有效。"))


class AliasForm(forms.Form):
    """Another name."""

    name = forms.CharField(
        label=_("别名或曾用名"), max_length=120, help_text=_("导入表格和搜索时,这个名称也认作同一个组织。")
    )


class YearForm(forms.Form):
    """The size of an enterprise in one year."""

    year = forms.IntegerField(label=_("年份"), min_value=1990, max_value=2100)
    staff = forms.IntegerField(label=_("职工数(人)"), min_value=0, max_value=10_000_000, required=False)
    above_scale = forms.TypedChoiceField(
        label=_("是否规上"),
        required=False,
        choices=[("", _("不清楚")), ("1", _("是")), ("0", _("否"))],
        coerce=lambda text: text == "1",
        empty_value=None,
    )
    party_members = forms.IntegerField(
        label=_("党员数"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("在该企业工作的党员,不论组织关系在哪里。没有填的项目保持原来的数。"),
    )

    @staticmethod
    def of(today: date) -> dict[str, Any]:
        """The year that most forms are about."""
        return {"year": today.year}


class MemberForm(forms.Form):
    """A person's role in this organization."""

    person = forms.CharField(
        label=_("人员"),
        max_length=80,
        widget=forms.TextInput(attrs={"data-src": "/directory/people/lookup", "autocomplete": "off"}),
        help_text=_("从人员名册中选择;名册里没有的先登记人员。"),
    )
    role = forms.ChoiceField(label=_("任职"), choices=role_choices)
    since = day(_("从哪天起"))


def shown_point(longitude: float, latitude: float) -> str:
    """A stored point as a Chinese map shows it, for looking it up there."""
    east, north = gcj_from_wgs(longitude, latitude)
    return f"{east:.6f},{north:.6f}"
