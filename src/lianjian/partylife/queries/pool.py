"""Reviews of those on their way into the party: the list, one of them, and who they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.events.models import Invitation, Meeting
from lianjian.events.queries import meeting_url
from lianjian.foundation.actor import Actor, path_range
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.foundation.looks import show_date
from lianjian.rulebook.queries import cite

from ..models import Applicant, PoolReview, Shortfall
from ..rules import cadence
from .listing import address_of, applicant_url, stage_word

STANDING, STRUCK = "standing", "struck"


def _base(actor: Actor) -> QuerySet[Any]:
    state = Case(When(struck_at__isnull=True, then=Value(STANDING)), default=Value(STRUCK), output_field=CharField())
    return PoolReview.objects.visible_to(actor).annotate(step=state)


def _row(values: Sequence[Any]) -> Row:
    key, body, body_key, day, problems, measures, step = values[:7]
    badge = Badge(gettext("有效"), "done") if step == STANDING else Badge(gettext("已作废"), "paused")
    url = f"{address_of('partylife:review')}{key}"
    return Row(url, (day, Link(body, organization_url(body_key)), problems, measures, badge))


REVIEWS = register(
    ListSpec(
        name="partylife.reviews",
        title=_("入党积极分子队伍分析"),
        right="partylife.see",
        base=_base,
        columns=(
            Column("reviewed_on", _("分析日期"), "date", "reviewed_on"),
            Column("body", _("党委"), sort="body__name"),
            Column("problems", _("存在问题")),
            Column("measures", _("改进措施"), hide_small=True),
            Column("state", _("状态"), "state"),
        ),
        values=("key", "body__name", "body__key", "reviewed_on", "problems", "measures", "step"),
        row=_row,
        default_sort="-reviewed_on",
        state_field="step",
        states=((STANDING, _("有效")), (STRUCK, _("已作废"))),
        search=lambda rows, text: rows.filter(Q(body__name__contains=text) | Q(problems__contains=text)),
        filters=(
            Filter("body", _("党委"), lambda rows, value, actor: rows.filter(body__name__contains=value), "text"),
        ),
        empty=(_("还没有队伍分析"), _("党委分析入党积极分子队伍后登记在这里,写明存在问题和改进措施。")),
    )
)


def pool_on(body: Organization, day: date) -> QuerySet[Applicant]:
    """Who was on the way below a body on a day: applied, not yet admitted, not ended."""
    low, high = path_range(body.path)
    rows = Applicant.objects.standing().filter(  # type: ignore[attr-defined]
        Q(ended_on__isnull=True) | Q(ended_on__gt=day),
        Q(probationary_on__isnull=True) | Q(probationary_on__gt=day),
        branch__path__gte=low,
        branch__path__lt=high,
        applied_on__lte=day,
    )
    return rows  # type: ignore[no-any-return]


def meetings_for(body: Organization) -> list[tuple[str, str]]:
    """Meetings that the body held, the newest first: what a form offers."""
    hosted = Invitation.objects.filter(organization=body, part="host", withdrawn_at__isnull=True)
    rows = Meeting.objects.held().filter(Q(convener=body) | Q(pk__in=hosted.values("meeting_id")))
    found = rows.order_by("-starts_at").values_list("key", "starts_at", "title")[:30]
    return [(str(key), f"{show_date(at)} {title}") for key, at, title in found]


@dataclass(frozen=True)
class ReviewPage:
    """A review with its numbers, counted from the applicants of its day, and its words on some of them."""

    facts: Sequence[tuple[str, Any]]
    stages: Sequence[tuple[str, int]]
    notes: Sequence[tuple[Any, ...]]
    meeting: tuple[str, str] | None
    may_write: bool


def review_page(actor: Actor, review: PoolReview) -> ReviewPage:
    """Three queries."""
    day = review.reviewed_on
    counts = pool_on(review.body, day).order_by().aggregate(
        target=Count("pk", filter=Q(target_on__lte=day)),
        activist=Count("pk", filter=Q(activist_on__lte=day) & (Q(target_on__isnull=True) | Q(target_on__gt=day))),
        applicant=Count("pk", filter=Q(activist_on__isnull=True) | Q(activist_on__gt=day)),
    )
    notes = review.notes.visible_to(actor).select_related("applicant__person")  # type: ignore[attr-defined]
    meeting = review.meeting
    facts = [
        (gettext("党委"), review.body.name),
        (gettext("分析日期"), day),
        (gettext("存在问题"), review.problems),
        (gettext("改进措施"), review.measures),
        (gettext("登记人"), review.recorded_by_name),
        (gettext("作废理由"), review.struck_reason),
    ]
    writable = review.jurisdiction_id in actor.writable and actor.may("partylife.write", review.body)
    return ReviewPage(
        facts=[fact for fact in facts if fact[1] not in ("", None)],
        stages=[(stage_word(stage), counts[stage]) for stage in ("applicant", "activist", "target")],
        notes=[
            (Link(one.applicant.person.name, applicant_url(one.applicant.key)), one.words)
            for one in notes.order_by("pk")
        ],
        meeting=(meeting.title, meeting_url(meeting.key)) if meeting is not None else None,
        may_write=writable and review.struck_at is None,
    )


def review_notes(body: Organization) -> list[tuple[str, str, str]]:
    """The analysis that a committee owes, with its ground, for its page: (words, name, address)."""
    profile = getattr(body, "party", None)
    if profile is None or profile.level not in cadence.COMMITTEES:
        return []
    rows = Shortfall.objects.filter(branch=body, rule_code=cadence.POOL, state__in=cadence.OPEN_STATES)
    return [
        (
            gettext("%(first)s至%(last)s还没有登记。依据:%(cite)s")
            % {"first": row.period_from, "last": row.period_to, "cite": cite(row.evaluation)},
            gettext("入党积极分子队伍分析"),
            reverse("partylife:shortfall", kwargs={"key": row.key}),
        )
        for row in rows.select_related("evaluation").order_by("period_to")
    ]
