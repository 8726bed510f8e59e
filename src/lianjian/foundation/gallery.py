"""Sample data for the page that shows every component; development and tests only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .listing import Badge, Link, Listing, Row, ShownColumn, ShownFilter
from .looks import Event


@dataclass(frozen=True)
class Entry:
    """A navigation entry as the shell shows it."""

    label: Any
    url: str
    icon: str
    active: bool = False
    phone: bool = False
    short: Any = ""


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label=_("事项"), max_length=60, help_text=_("一句话说清楚要办什么。"))
    kind = forms.ChoiceField(
        label=_("类别"), choices=[("", _("请选择")), ("a", _("审批服务")), ("b", _("用工"))]
    )
    firm = forms.ChoiceField(
        label=_("企业"),
        choices=[("", "---"), ("1", _("示例家具")), ("2", _("示例木业"))],
        widget=forms.Select(attrs={"data-combobox": "1"}),
    )
    urgency = forms.ChoiceField(
        label=_("紧急程度"),
        widget=forms.RadioSelect,
        choices=[("1", _("一般")), ("2", _("较急")), ("3", _("紧急"))],
    )
    told = forms.DateField(label=_("提出日期"), widget=forms.DateInput)
    text = forms.CharField(label=_("情况说明"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    papers = forms.FileField(
        label=_("附件"), required=False, widget=forms.FileInput(attrs={"data-max": "10485760"})
    )
    agreed = forms.BooleanField(label=_("企业同意公开办理结果"), required=False)


def listing(rows: int = 6) -> Listing:
    """A list of eight columns."""
    kinds = [
        ("number", _("编号"), "text", False),
        ("firm", _("企业"), "link", False),
        ("title", _("事项"), "text", False),
        ("lead", _("牵头"), "text", True),
        ("state", _("状态"), "state", False),
        ("day", _("登记"), "date", False),
        ("days", _("用时"), "number", False),
        ("money", _("金额"), "number", True),
    ]
    columns = [
        ShownColumn(k, label, kind, k in ("day", "days"), "?sort=day", "desc" if k == "day" else None, minor)
        for k, label, kind, minor in kinds
    ]
    states = [
        Badge(_("办结"), "done"),
        Badge(_("办理中"), "info"),
        Badge(_("超期"), "late"),
        Badge(_("暂停"), "paused"),
    ]
    made = [
        Row(
            f"#{n}",
            (
                f"JB-2026-{n:04}",
                Link("示例家具", "#"),
                "厂区门口道路积水",
                "城建办",
                states[n % 4],
                date(2026, 11, 1) + timedelta(days=n % 28),
                n * 37,
                None if n % 3 else n * 12000,
            ),
        )
        for n in range(1, rows + 1)
    ]
    return Listing(
        name="gallery",
        title=_("诉求"),
        columns=columns,
        rows=made,
        search="",
        filters=[
            ShownFilter("kind", _("类别"), "select", "", [("a", _("审批服务"), 3), ("b", _("用工"), None)]),
            ShownFilter("since", _("登记不早于"), "date", "2026-01-01", []),
            ShownFilter("mine", _("只看我的"), "check", "", []),
        ],
        states=[
            (_("全部"), "?", "168", True),
            (_("办理中"), "?state=open", "55", False),
            (_("办结"), "?state=done", "113", False),
        ],
        chips=[(str(_("登记不早于:2026-01-01")), "?")],
        next_url="?at=next",
        count_text="168",
        may_export=True,
        saved=[(str(_("我的超期件")), "?saved=1", False)],
        query={"state": "open"},
    )


def navigation() -> list[Entry]:
    """The main navigation of the pictures."""
    names = [
        (_("工作台"), "home"),
        (_("组织与覆盖"), "sitemap"),
        (_("联建结对"), "link"),
        (_("四张清单"), "list-check"),
        (_("诉求办理"), "message-report"),
        (_("组织生活"), "calendar-event"),
        (_("议事公开"), "gavel"),
        (_("集体经济"), "coin-yuan"),
        (_("网格服务"), "map-pin"),
        (_("项目招商"), "building-factory-2"),
        (_("指标报告"), "chart-bar"),
    ]
    return [Entry(label, "#", icon, n == 0, n in (0, 3, 4, 5)) for n, (label, icon) in enumerate(names)]


def context() -> dict[str, Any]:
    """What `foundation/gallery.html` needs beside what every page has."""
    moment = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
    return {
        "actor": SimpleNamespace(user_id=1, name="陈琳", place=_("示例镇党委 · 党务干部")),
        "nav": navigation(),
        "inbox_count": 3,
        "now": moment,
        "listing": listing(),
        "nothing": listing(0),
        "form": SampleForm({"title": "", "kind": "a", "urgency": "2"}),
        "blank": SampleForm(auto_id="b_%s"),
        "story": [
            Event(
                _("生态环境站"),
                _("联系企业,说明补正材料 2 项"),
                moment - timedelta(days=9),
                "张工",
                state="now",
            ),
            Event(
                _("签收"), _("生态环境站(牵头),协办:行政审批局"), moment - timedelta(days=11), held="6 小时"
            ),
            Event(
                _("派单"),
                _("理由:类别规则“环评 → 生态环境站”"),
                moment - timedelta(days=12),
                str(_("系统建议,陈琳确认")),
            ),
            Event(_("登记"), _("走访时登记"), moment - timedelta(days=12, hours=2), note=_("企业当面提出")),
        ],
        "spec": {
            "kind": "bar",
            "labels": ["7月", "8月", "9月", "10月", "11月"],
            "unit": "件",
            "stacked": True,
            "series": [
                {"name": str(_("办结")), "data": [12, 18, 15, 22, 9]},
                {"name": str(_("在办")), "data": [3, 2, 5, 4, 8]},
            ],
            "urls": ["#7", "#8", "#9", "#10", "#11"],
        },
        "pie": {
            "kind": "pie",
            "labels": ["审批", "用工", "用地", "融资"],
            "unit": "件",
            "series": [{"name": "", "data": [41, 30, 17, 25]}],
        },
        "line": {
            "kind": "line",
            "labels": ["一季度", "二季度", "三季度"],
            "unit": "%",
            "series": [{"name": str(_("解决率")), "data": [61, 64.5, 67.3]}],
        },
        "points": {
            "unit": "人",
            "points": [
                {"name": "一站", "lng": 115.1, "lat": 25.2, "tone": "done", "value": 12, "url": "#a"},
                {"name": "二站", "lng": 115.4, "lat": 25.5, "tone": "late", "value": 3},
            ],
        },
        "tree": [
            {
                "label": "示范县委",
                "url": "#",
                "note": "12 个党组织",
                "children": [
                    {
                        "label": "示例镇党委",
                        "url": "#",
                        "children": [
                            {"label": "家具产业链党支部", "url": "#", "note": "24 人"},
                            {"label": "红星村党支部", "url": "#"},
                        ],
                    },
                    {"label": "县直机关工委", "url": "#", "children": [{"label": "行政审批局党支部"}]},
                ],
            }
        ],
    }
