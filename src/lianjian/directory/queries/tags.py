"""Tags: who may be given which, who has one on a day, groups with their numbers, the part of an organization's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.dbday import Today
from lianjian.foundation.declare import Asking
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.rulebook.queries import line_of

from ..models import Organization, Tag, Tagging, TagMeasure, TagScheme
from .lists import STATES, as_day, in_town, organization_url, tag_choices, towns

KIND_WORDS = dict(Organization.Classification.choices)


def tag_url(key: object) -> str:
    """The address of a tag's page."""
    return reverse("directory:tag", kwargs={"key": key})


def offered_tags(jurisdiction_id: int, classification: str = "") -> QuerySet[Tag]:
    """Tags that may be given to organizations of a place, of one classification or of any."""
    rows = Tag.objects.filter(jurisdiction_id__in=line_of(jurisdiction_id), retired_on__isnull=True)
    if classification:
        rows = rows.filter(Q(scheme__kinds=[]) | Q(scheme__kinds__contains=[classification]))
    return rows.select_related("scheme").order_by("scheme__name", "scheme_id", "id")


def tags_named(jurisdiction_id: int) -> dict[str, list[Tag]]:
    """The tags of a place and those above it by name, for sheets; a name may be one of several groups."""
    found: dict[str, list[Tag]] = {}
    for tag in offered_tags(jurisdiction_id):
        found.setdefault(tag.name, []).append(tag)
    return found


def _of_tag(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    try:
        return rows.filter(tag__key=UUID(value))
    except ValueError:
        return rows.none()


def _of_kind(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(organization__classification=value)


def _in_place(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    own = in_town(Organization.objects.all(), value, actor)
    return rows.filter(organization__in=own.values("pk"))


def _on(rows: Any, value: str, actor: Actor) -> Any:
    """As of a day: who had it then and was not dissolved."""
    day = as_day(value)
    return standing_on(rows.on(day), day) if day is not None else rows.none()


def standing_on(rows: Any, day: date) -> Any:
    """Of organizations that were not dissolved by a day."""
    return rows.filter(stands(day))


def stands(day: date) -> Q:
    """The same as a condition."""
    return Q(organization__dissolved_on__isnull=True) | Q(organization__dissolved_on__gt=day)


def _taggings(actor: Actor) -> Any:
    return Tagging.objects.visible_to(actor).annotate(state=state_today("organization"))


def state_today(body: str = "") -> Case:
    """Whether a dated row holds today, did, or will; what it says of a `body` holds as long as that stands."""
    gone = Q(**{f"{body}__dissolved_on__lte": Today()}) if body else Q()
    return Case(
        When(since__gt=Today(), then=Value("later")),
        When(Q(until__lte=Today()) | gone, then=Value("past")),
        default=Value("now"),
        output_field=CharField(),
    )


PERIODS = {"now": (_("有效"), "done"), "later": (_("尚未开始"), "info"), "past": (_("已结束"), "paused")}


def _tagging_row(values: Sequence[Any]) -> Row:
    key, name, kind, town, tag, tag_key, scheme, since, until, document, state = values[:11]
    word, tone = PERIODS[state]
    what, badge = Link(tag, tag_url(tag_key)), Badge(word, tone)
    cells = (name, what, scheme, badge, KIND_WORDS.get(kind, ""), town, since, until, document)
    return Row(organization_url(key), cells)


TAGGINGS = register(
    ListSpec(
        name="directory.taggings",
        title=_("标签认定名册"),
        base=_taggings,
        columns=(
            Column("organization", _("组织"), "first", "organization__name"),
            Column("tag", _("标签"), "text", "tag__name"),
            Column("scheme", _("标签组"), "text", None, True),
            Column("state", _("状态"), "state"),
            Column("kind", _("类别"), "text", None, True),
            Column("town", _("地区"), "text", None, True),
            Column("since", _("自"), "date", "since"),
            Column("until", _("至"), "date", "until", True),
            Column("document", _("依据文件"), "text", None, True),
        ),
        values=(
            "organization__key", "organization__name", "organization__classification",
            "organization__jurisdiction__name", "tag__name", "tag__key", "tag__scheme__name", "since", "until",
            "document", "state",
        ),
        row=_tagging_row,
        right="directory.read",
        default_sort="organization__name",
        state_field="state",
        states=tuple((code, word) for code, (word, _tone) in PERIODS.items()),
        filters=(
            Filter("tag", _("标签"), _of_tag, options=tag_choices),
            Filter("kind", _("类别"), _of_kind, options=lambda actor: list(STATES)),
            Filter("town", _("地区"), _in_place, options=towns),
            Filter("day", _("截至日"), _on, "date"),
        ),
        search=lambda rows, text: rows.filter(Q(organization__name__icontains=text) | Q(document__icontains=text)),
        empty=(_("没有符合条件的认定"), _("在组织页面认定标签,或在组织机构名册里筛选后批量认定。")),
    )
)  # fmt: skip


@dataclass(frozen=True)
class ShownTag:
    """A tag with how many organizations have it today, and the list of them."""

    tag: Tag
    url: str
    number: int
    list_url: str
    measures: int


@dataclass(frozen=True)
class ShownScheme:
    """A group with its tags."""

    scheme: TagScheme
    place: str
    kinds: str
    tags: list[ShownTag]
    may_write: bool


def _writes(actor: Actor, jurisdiction_id: int) -> bool:
    return jurisdiction_id in actor.writable and actor.may("directory.write", Whole(jurisdiction_id))


def holders_url(key: object, day: date) -> str:
    """The list of those who have a tag on a day."""
    return f"{reverse('directory:taggings')}?tag={key}&day={day}"


def scheme_cards(actor: Actor, day: date) -> list[ShownScheme]:
    """The groups that the actor's place uses and those of the places it reads, with their tags. Two queries."""
    places = {*line_of(actor.jurisdiction_id), *actor.readable}
    rows = TagScheme.objects.filter(jurisdiction_id__in=sorted(places)).select_related("jurisdiction")
    schemes = list(rows.order_by("jurisdiction__level", "jurisdiction_id", "id"))
    holds = Q(taggings__until__isnull=True) | Q(taggings__until__gt=day)
    stands = Q(taggings__organization__dissolved_on__isnull=True) | Q(taggings__organization__dissolved_on__gt=day)
    running = Q(measures__until__isnull=True) | Q(measures__until__gt=day)
    tags = Tag.objects.filter(scheme__in=[one.pk for one in schemes]).annotate(
        number=Count("taggings", filter=holds & stands & Q(taggings__since__lte=day), distinct=True),
        running=Count("measures", filter=running & Q(measures__since__lte=day), distinct=True),
    )
    held: dict[int, list[ShownTag]] = {}
    found: Any = tags.order_by(F("retired_on").asc(nulls_first=True), "id")
    for tag in found:
        shown = ShownTag(tag, tag_url(tag.key), tag.number, holders_url(tag.key, day), tag.running)
        held.setdefault(tag.scheme_id, []).append(shown)
    return [
        ShownScheme(
            scheme=one,
            place=one.jurisdiction.name,
            kinds="、".join(str(KIND_WORDS.get(kind, kind)) for kind in one.kinds),
            tags=held.get(one.pk, []),
            may_write=_writes(actor, one.jurisdiction_id),
        )
        for one in schemes
    ]


@dataclass(frozen=True)
class TagPage:
    """One tag: what it is, what is done for those who have it, how many they are today."""

    tag: Tag
    facts: list[tuple[str, Any]]
    measures: list[TagMeasure]
    past: list[TagMeasure]
    number: int
    list_url: str
    may_write: bool


def tag_page(actor: Actor, tag: Tag, day: date) -> TagPage:
    """Two queries: its measures, and how many have it."""
    measures = list(tag.measures.order_by("since", "pk"))
    scheme = tag.scheme
    facts: list[tuple[str, Any]] = [
        (gettext("标签组"), scheme.name),
        (gettext("同组标签"), gettext("同时只能有一个") if scheme.exclusive else gettext("可以同时有几个")),
        (gettext("适用于"), "、".join(str(KIND_WORDS.get(kind, kind)) for kind in scheme.kinds) or gettext("各类组织")),
        (gettext("制定单位"), tag.jurisdiction.name),
        (gettext("依据文件"), tag.document),
        (gettext("说明"), scheme.about),
    ]
    running = [one for one in measures if one.until is None or one.until > day]
    return TagPage(
        tag=tag,
        facts=[(label, value) for label, value in facts if value],
        measures=running,
        past=[one for one in measures if one not in running],
        number=standing_on(Tagging.objects.visible_to(actor).filter(tag=tag).on(day), day).count(),
        list_url=holders_url(tag.key, day),
        may_write=_writes(actor, tag.jurisdiction_id),
    )


@dataclass(frozen=True)
class HeldTag:
    """A tag on the page of an organization, with what is done because of it: (words, document)."""

    key: str
    name: str
    url: str
    scheme: str
    since: date
    until: date | None
    document: str
    measures: list[tuple[str, str]]


def tag_panel(*, actor: Actor, record: Organization, now: datetime) -> Asking:
    """What an organization is tagged as, with the measures that follow; nothing for one that never was."""
    day = local_day(now)
    names = ("key", "tag_id", "tag__name", "tag__key", "tag__scheme__name", "since", "until", "document")
    held = Tagging.objects.visible_to(actor).filter(organization=record)
    running = TagMeasure.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), tag__taggings__organization=record, since__lte=day
    )
    rows, done = yield (
        held.order_by(F("until").desc(nulls_first=True), "-since", "pk").values_list(*names)[:60],
        running.order_by("since", "pk").distinct().values_list("tag_id", "text", "document", "since", "pk"),
    )
    if not rows:
        return None
    current: list[HeldTag] = []
    others: list[HeldTag] = []
    for key, tag_id, name, tag_key, scheme, since, until, document in rows:
        holds = since <= day and (until is None or until > day)
        measures = [(text, source) for own, text, source, _since, _pk in done if own == tag_id] if holds else []
        shown = HeldTag(str(key), name, tag_url(tag_key), scheme, since, until, document, measures)
        (current if holds else others).append(shown)
    may = record.jurisdiction_id in actor.writable and actor.may("directory.write", record)
    return "directory/_tags.html", {"current": current, "others": others, "may_write": may}
