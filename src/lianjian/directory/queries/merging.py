"""Which organizations may be doubled, and what a merge would move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.counting import count_each
from lianjian.foundation.names import explain_difference
from lianjian.journal.words import kind_word

from ..models import Likeness, Link, Merge, Organization

# Facts of the organization itself that a clerk chooses between.
CHOSEN = (
    "name",
    "short_name",
    "code",
    "external_code",
    "area",
    "address",
    "latitude",
    "founded_on",
    "functions",
)
PROFILES = ("enterprise", "party", "village")


@dataclass(frozen=True)
class Reference:
    """A foreign key of some app to an organization."""

    model: type[models.Model]
    field: str

    @property
    def label(self) -> str:
        """`app.model.field`, as a merge keeps it."""
        return f"{self.model._meta.label_lower}.{self.field}"


def references() -> Iterator[Reference]:
    """Every foreign key to an organization that follows a merge, found by looking at the models of all apps.

    Not among them: the record of merges and likenesses itself, the projection of the tree (`parent`), and the
    one-to-one details, of which the winner has its own.
    """
    for model in apps.get_models():
        if (
            not model.__module__.startswith("lianjian.")
            or model in (Merge, Likeness)
            or not model._meta.managed
        ):
            continue
        for field in model._meta.get_fields():
            if (
                isinstance(field, models.ForeignKey)
                and not isinstance(field, models.OneToOneField)
                and field.related_model is Organization
                and model is not Organization
            ):
                yield Reference(model, field.name)


def reference_of(label: str) -> Reference:
    """The reference of a label that a merge kept. Raises LookupError for one that is gone."""
    model, _dot, field = label.rpartition(".")
    return Reference(apps.get_model(model), field)


@dataclass(frozen=True)
class Conflict:
    """A fact on which the two records differ; `chosen` is the side taken unless the clerk says otherwise."""

    field: str
    label: str
    winner: str
    loser: str
    chosen: str


@dataclass(frozen=True)
class MergePreview:
    """What would happen."""

    winner: Organization
    loser: Organization
    conflicts: Sequence[Conflict]
    moves: Sequence[tuple[str, int]]
    names: Sequence[str]
    difference: str
    children: int


def field_words() -> dict[str, str]:
    """Names of the facts a clerk chooses between."""
    return {
        "name": _("名称"),
        "short_name": _("简称"),
        "code": _("统一社会信用代码"),
        "external_code": _("其他编号"),
        "area": _("所在村(社区)"),
        "address": _("地址"),
        "latitude": _("坐标"),
        "founded_on": _("成立日期"),
        "functions": _("职能"),
        "industry": _("行业"),
        "industry_text": _("行业(原文)"),
        "ownership": _("所有制"),
        "legal_representative": _("法定代表人"),
        "party_members": _("党员数"),
        "party_formation": _("组建形式"),
        "level": _("层级"),
        "formation": _("组建形式"),
        "chain": _("产业链"),
        "secretary_name": _("书记"),
        "members": _("党员数"),
        "kind": _("类别"),
        "households": _("户数"),
        "residents": _("人口"),
        "land_mu": _("耕地(亩)"),
    }


def facts_of(organization: Organization) -> dict[str, Any]:
    """The facts to choose between: of the organization, and of its one-to-one details."""
    facts = {name: getattr(organization, name) for name in CHOSEN}
    words = field_words()
    for attribute in PROFILES:
        profile = getattr(organization, attribute, None)
        if profile is not None:
            facts |= {
                f.name: getattr(profile, f.name)
                for f in profile._meta.fields
                if f.name in words and f.name not in CHOSEN
            }
    return facts


def conflicts(winner: Organization, loser: Organization) -> list[Conflict]:
    """Facts in which both say something and not the same."""
    words, left, right = field_words(), facts_of(winner), facts_of(loser)
    found = []
    for name, label in words.items():
        a, b = left.get(name), right.get(name)
        if b in (None, "") or a == b or name == "name":
            continue
        if a not in (None, ""):
            found.append(Conflict(name, label, _shown(winner, name, a), _shown(loser, name, b), "winner"))
    return found


def _shown(organization: Organization, name: str, value: Any) -> str:
    if name == "latitude":
        return f"{organization.longitude}, {organization.latitude}"
    for attribute in PROFILES:
        profile = getattr(organization, attribute, None)
        if profile is not None and hasattr(profile, f"get_{name}_display"):
            return _(str(getattr(profile, f"get_{name}_display")()))
    return str(value)


def preview(winner: Organization, loser: Organization) -> MergePreview:
    """Count what hangs on the loser, by kind of record, as far as this transaction may read."""
    pointing = list(references())
    *counts, children = count_each(
        [
            *(r.model._default_manager.filter(**{r.field: loser.pk}) for r in pointing),
            Organization.objects.filter(parent=loser),
        ]
    )
    moves = [(_words(reference), count) for reference, count in zip(pointing, counts, strict=True) if count]
    difference = explain_difference(winner.name, loser.name)
    text = _(difference.sentence)
    if difference.left or difference.right:
        text = _("%(text)s:“%(left)s”与“%(right)s”") % {
            "text": text,
            "left": difference.left,
            "right": difference.right,
        }
    return MergePreview(
        winner=winner,
        loser=loser,
        conflicts=conflicts(winner, loser),
        moves=moves,
        names=[loser.name, *loser.aliases.values_list("name", flat=True)],
        difference=text,
        children=children,
    )


def _words(reference: Reference) -> str:
    own = {
        "directory.link.source": _("对外的关系"),
        "directory.link.target": _("指向它的关系"),
        "directory.membership.organization": _("任职与成员"),
        "directory.alias.organization": _("别名"),
        "directory.enterpriseyear.organization": _("年度规模"),
        "directory.post.organization": _("职务"),
        "directory.grant.organization": _("账号授权"),
        "directory.membership.sent_by": _("派出的驻村干部"),
        "directory.tagging.organization": _("认定的标签"),
        "directory.relocation.village": _("搬出的农户"),
        "directory.relocation.settlement": _("搬入的农户"),
    }
    return str(own.get(reference.label) or kind_word(reference.model._meta.label_lower))


@dataclass(frozen=True)
class Pair:
    """Two organizations that a person should look at."""

    key: str
    first: Organization
    second: Organization
    reason: str
    difference: str


def open_pairs(actor: Actor, *, after: int = 0, most: int = 50) -> tuple[list[Pair], int | None]:
    """Pairs of one's own jurisdictions that wait for a decision, and where the next page begins."""
    rows = list(
        Likeness.objects.filter(
            jurisdiction_id__in=actor.readable,
            state=Likeness.State.OPEN,
            pk__gt=after,
            first__merged_into__isnull=True,
            second__merged_into__isnull=True,
        )
        .select_related("first", "second")
        .order_by("pk")[: most + 1]
    )
    pairs = [
        Pair(
            str(row.key),
            row.first,
            row.second,
            row.get_reason_display(),
            _(explain_difference(row.first.name, row.second.name).sentence),
        )
        for row in rows[:most]
    ]
    return pairs, rows[most - 1].pk if len(rows) > most else None


def administration_above(organization: Organization) -> models.QuerySet[Link]:
    """The links by which the organization hangs in the tree."""
    return Link.objects.filter(kind=Link.ADMINISTRATION, target=organization)
