"""Units that should have a party organization and have none, and bodies whose form does not fit their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Greatest, NullIf
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import EnterpriseYear, Link, Membership, Organization
from lianjian.directory.queries import organization_url
from lianjian.directory.queries.scope import scope_seen, with_scope, within
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.foundation.dbday import Today
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.listing import Link as ListLink

from ..models import FoundMember
from ..models.doors import RIGHT, _covered
from ..rules import bodies as rules
from .bodies import FORMATIONS, LEVELS, Law, bodies_on, checked_bodies, with_numbers
from .branches import branch_url
from .committees import body_url
from .listing import address_of

KINDS: Final = ("enterprise", "social", "cooperative", "village")
FIRMS: Final = ("enterprise", "social", "cooperative")


def scope_of(actor: Actor, day: date) -> str:
    """In words, which firms the list of units without an organization counts."""
    return scope_seen(actor, RIGHT, day)


def lack_url(key: object) -> str:
    """The address of a unit without a party organization."""
    return f"{address_of('partylife:lack')}{key}"


def units_of(actor: Actor, day: Any) -> QuerySet[Any]:
    """Firms, social organizations, cooperatives and villages in the scope of `partylife.see` that stood on a day."""
    if not actor.scopes(RIGHT):
        return Organization.objects.none()
    paths = subtree_paths(actor, RIGHT)
    query = Q(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT)) | subtree_q("path", paths)
    covered: Any = _covered(actor, paths)
    if covered is not None:
        query |= Q(pk__in=covered)
    return Organization.objects.filter(
        query,
        Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day),
        Q(founded_on__isnull=True) | Q(founded_on__lte=day),
        classification__in=KINDS,
        merged_into__isnull=True,
    )


def known_members(told: Any, day: Any) -> Any:
    """Members known at a unit: as told, or those found there by the day if they are more; NULL where nobody knows."""
    standing: Any = FoundMember.objects.standing()  # type: ignore[attr-defined]
    there = standing.filter(enterprise=OuterRef("pk"), found_on__lte=day).order_by().values("enterprise_id")
    found = Subquery(there.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Greatest(told, NullIf(found, 0), output_field=IntegerField())


def lacking(actor: Actor, day: Any, law: Law, year: int | None = None) -> QuerySet[Any]:
    """Units that no party organization reaches on the day, with `known` members, `guides` and what they lack.

    `known`: as the register says (of `year` or before, where one is named), or those found there if they are more;
    NULL where nobody knows. The register does not tell full members from those on probation. A firm out of the scope
    of the place's rates and without a known member is not among them.
    """
    unit = OuterRef("pk")
    reached: Any = Link.objects.filter(kind=Link.PARTY, target=unit)
    hung: Any = Link.objects.filter(kind=Link.ADMINISTRATION, source=unit, target__classification="party")
    below = hung.on(day).filter(
        Q(target__dissolved_on__isnull=True) | Q(target__dissolved_on__gt=day),
        Q(target__founded_on__isnull=True) | Q(target__founded_on__lte=day),
        target__merged_into__isnull=True,
    )
    told: Any = F("enterprise__party_members")
    if year is not None:
        years = EnterpriseYear.objects.filter(organization=unit, year__lte=year, party_members__isnull=False)
        told = Subquery(years.order_by("-year").values("party_members")[:1])
    guides: Any = Membership.objects.filter(role="instructor", organization=unit)
    firm = Q(classification__in=FIRMS)
    alone, own = law.bounds("company.alone").get("min"), law.bounds("branch.required", "own").get("min")
    enough = Q(pk__in=())
    if alone is not None:
        enough |= firm & Q(known__gte=alone)
    if own is not None:
        enough |= ~firm & Q(known__gte=own)
    rows = units_of(actor, day).filter(~Exists(reached.on(day)), ~Exists(below))
    # Firms out of the scope of the rates are named only where members are known, whom the law asks to gather.
    when = day if isinstance(day, date) else None
    rows = with_scope(_sized(rows, year), when)
    counted: QuerySet[Any] = rows.annotate(
        known=known_members(told, day),
        guided=Exists(guides.on(day)),
    ).annotate(
        lack=Case(
            When(known__isnull=True, then=Value(rules.UNKNOWN)),
            When(enough, then=Value(rules.OWN)),
            When(known__gt=0, then=Value(rules.TOGETHER)),
            When(guided=True, then=Value(rules.GUIDED)),
            default=Value(rules.NONE),
            output_field=CharField(),
        )
    )
    return counted.filter(~Q(classification="enterprise") | Q(known__gt=0) | within(when))


def _sized(rows: QuerySet[Any], year: int | None) -> QuerySet[Any]:
    """Adds `size_staff` and `size_above`: as the register says now, or as last told up to a year."""
    sizes: dict[str, Any] = {"size_staff": F("enterprise__staff"), "size_above": F("enterprise__above_scale")}
    if year is not None:
        years = EnterpriseYear.objects.filter(organization=OuterRef("pk"), year__lte=year).order_by("-year")
        sizes = {
            "size_staff": Subquery(years.filter(staff__isnull=False).values("staff")[:1]),
            "size_above": Subquery(years.filter(above_scale__isnull=False).values("above_scale")[:1]),
        }
    found: QuerySet[Any] = rows.annotate(**sizes)
    return found


def _lack_row(values: Sequence[Any]) -> Row:
    key, name, kind, known, guided, lack = values[:6]
    words = dict(Organization.Classification.choices)
    return Row(
        lack_url(key),
        (
            name,
            words.get(kind, kind),
            gettext("未知") if known is None else known,
            gettext("有") if guided else gettext("没有"),
            Badge(translate(rules.LACKS[lack]), rules.LACK_TONES[lack]),
        ),
    )


def _of_kind(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(classification=value)


LACKING = register(
    ListSpec(
        name="partylife.lacking",
        title=_("应建未建党组织的单位"),
        right="partylife.see",
        base=lambda actor: lacking(actor, Today(), Law(Today())),
        columns=(
            Column("name", _("单位"), sort="name"),
            Column("kind", _("类型")),
            Column("known", _("已知党员"), "number", "known"),
            Column("guided", _("党建指导员"), hide_small=True),
            Column("lack", _("情况"), "state"),
        ),
        values=("key", "name", "classification", "known", "guided", "lack"),
        row=_lack_row,
        default_sort="name",
        state_field="lack",
        states=tuple((code, _(word)) for code, word in rules.LACKS.items()),
        search=lambda rows, text: rows.filter(Q(name__contains=text) | Q(short_name__contains=text)),
        filters=(
            Filter(
                "kind", _("类型"), _of_kind, "select",
                lambda actor: [(k, w) for k, w in Organization.Classification.choices if k in KINDS],
            ),
        ),
        empty=(_("没有应建未建的单位"), _("每个单位都有党组织覆盖。单位的党员数在机构档案里登记。")),
    )
)  # fmt: skip


def _check_row(values: Sequence[Any]) -> Row:
    key, name, level, formation, known, units, verdict = values[:7]
    return Row(
        body_url(key),
        (
            name,
            LEVELS.get(level, level),
            FORMATIONS.get(formation, ""),
            gettext("未知") if known is None else known,
            units,
            Badge(translate(rules.VERDICTS[verdict]), rules.VERDICT_TONES[verdict]),
        ),
    )


CHECKED = register(
    ListSpec(
        name="partylife.checked",
        title=_("组建形式与人数核对"),
        right="partylife.see",
        base=lambda actor: checked_bodies(actor, Today(), Law(Today())),
        columns=(
            Column("name", _("党组织"), sort="name"),
            Column("level", _("类型")),
            Column("form", _("组建方式"), hide_small=True),
            Column("known", _("正式党员"), "number", "known"),
            Column("units", _("覆盖单位"), "number", "units", True),
            Column("verdict", _("核对结果"), "state"),
        ),
        values=("key", "name", "form_level", "form_formation", "known", "units", "verdict"),
        row=_check_row,
        default_sort="name",
        state_field="verdict",
        states=tuple((code, _(word)) for code, word in rules.VERDICTS.items()),
        search=lambda rows, text: rows.filter(Q(name__contains=text) | Q(short_name__contains=text)),
        empty=(_("组建形式都与人数相符"), _("人数超出或不足一般规模的党组织会列在这里,已批准的例外另列。")),
    )
)


@dataclass(frozen=True)
class LackPage:
    """A unit without a party organization: what the rules say, and which branches it could join."""

    name: str
    badge: Badge
    facts: Sequence[tuple[str, Any]]
    law: Sequence[tuple[str, str]]
    joint: Sequence[tuple[Any, ...]]
    organization_url: str


ADVICE: Final = {
    rules.OWN: (
        ("company.alone", _("正式党员达到规定人数的企业,应当单独组建党组织。")),
        ("company.alone_secretary", _("单独组建须有合适的书记人选。")),
    ),
    rules.TOGETHER: (("company.joint", _("党员不足规定人数的,可以按地域或行业与其他单位联合组建。")),),
    rules.NONE: (("company.instructor", _("没有党员的,先选派党建指导员,再发现和培养党员。")),),
    rules.GUIDED: (("company.instructor", _("已派指导员,继续发现和培养党员。")),),
    rules.UNKNOWN: (),
}


def lack_page(actor: Actor, unit: Any, law: Law, day: date) -> LackPage:
    """The unit with joint and attached branches of its place; two queries."""
    joint = with_numbers(bodies_on(actor, day), day).filter(
        form_formation__in=["joint", "attached"], jurisdiction_id=unit.jurisdiction_id
    )
    rows = joint.order_by("units", "name", "pk").values_list("key", "name", "form_formation", "known", "units")[:20]
    firm = unit.classification in FIRMS
    found = ADVICE[unit.lack] if firm else ADVICE[unit.lack][:1]
    advice = [(str(words), law.cite(code if firm else "branch.required")) for code, words in found]
    return LackPage(
        name=unit.name,
        badge=Badge(translate(rules.LACKS[unit.lack]), rules.LACK_TONES[unit.lack]),
        facts=[
            (gettext("类型"), unit.get_classification_display()),
            (gettext("已知党员"), gettext("未知") if unit.known is None else unit.known),
            (gettext("党建指导员"), gettext("有") if unit.guided else gettext("没有")),
        ],
        law=advice,
        joint=[
            (ListLink(name, branch_url(key)), FORMATIONS.get(form, ""), gettext("未知") if n is None else n, units, key)
            for key, name, form, n, units in rows
        ],
        organization_url=organization_url(unit.key),
    )
