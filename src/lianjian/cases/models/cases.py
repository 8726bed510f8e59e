"""The case, its story line by line, and requests for more time."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization, Team
from lianjian.events.models import Visit, covered_by
from lianjian.files.models import Bundle
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.foundation.secretfield import SecretField
from lianjian.jurisdictions.models import Owned
from lianjian.lists.models import Item
from lianjian.rulebook.models import Evaluation

from .. import rules
from .accusations import accused_tree
from .categories import Category, Service
from .handovers import LIVE, Handover


def cases_shared_with(paths: list[str]) -> models.QuerySet[Any]:
    """Ids of the cases in which bodies below the paths work beside the lead."""
    rows = Handover.objects.filter(subtree_q("organization__path", paths), state__in=LIVE + ("done",))
    return rows.values("case_id")


def sees_whole(actor: Actor) -> bool:
    """Whether of each place that the actor reads he sees all cases (but accusations of his own)."""
    return set(actor.readable) <= set(whole_jurisdictions(actor, "cases.see"))


class CaseQuerySet(models.QuerySet["Case"]):
    """Doors to cases."""

    def visible_to(self, actor: Actor) -> CaseQuerySet:
        """Whole jurisdictions; what one's own bodies asked or handle; firms one covers; what one filed oneself.

        Never an accusation of a body in whose tree the actor is (R7.28).
        """
        barred = accused_tree(actor)
        rows = self if barred is None else self.filter(Q(accused__isnull=True) | ~barred)
        return rows._in_reach(actor)

    def _in_reach(self, actor: Actor) -> CaseQuerySet:
        whole = whole_jurisdictions(actor, "cases.see")
        if sees_whole(actor):  # nothing the finer branches could add; keeps the indexes in play
            return self.filter(jurisdiction_id__in=whole)
        query = Q(jurisdiction_id__in=whole)
        paths = subtree_paths(actor, "cases.see")
        if paths:
            query |= subtree_q("organization__path", paths) | subtree_q("handler__path", paths)
            query |= subtree_q("village__path", paths) | Q(pk__in=cases_shared_with(paths))
        if actor.person_id is not None and actor.scopes("cases.see"):
            query |= Q(organization_id__in=covered_by(actor).values("organization_id"))
            query |= Q(registered_by=actor.user_id)
        return self.filter(query)

    def counted(self) -> CaseQuerySet:
        """What figures count: neither taken back nor counted with another. Accusations are in no figure."""
        return self.exclude(state__in=rules.UNCOUNTED).filter(accused__isnull=True)

    def open(self) -> CaseQuerySet:
        """Not ended."""
        return self.filter(state__in=rules.OPEN)


class Case(Owned):
    """One need, complaint, dispute or other matter, from the day it was told to the day who asked says it is met.

    `kind` names a file of `cases/kinds`. `organization` is who asked where that is a body, `village` the body in
    whose place the matter lies. `sent_at` is the last dispatch, from which the time to refuse runs; after a ruling
    (`ruled_at`) nobody refuses any more. `lent_to` does a part of the work and gives it back.

    `hand` says who must act: desk, unit, asker or nobody. `story_at` is the time of the last story line, up to which
    working time has been shared out among the hands. `version` rises with every move: a move
    prepared on an older version is refused. `original_text` is what was said, `text` what is passed on. `answers` are
    [question, answer] pairs of the category's questions, in the words of that day.

    `accused` makes it an accusation: kept from that body's whole tree. `accused_text` says whom there it is about.
    `published`: the office has looked at `text` and lets others see it, to join instead of telling it again.
    `followed`: accounts outside the offices follow it.

    `profile` is the deadline profile (code and version) under which it began, `paused_until` the last day of a pause
    that was approved, `tier` the level of the house at which it lies (where its kind has levels) and `tier_due_at`
    until when. `ended_at` is the moment of its last end, whatever kind of end that was.
    """

    number = models.CharField(max_length=30, db_collation="C")
    external_number = models.CharField(max_length=40, blank=True, db_collation="C")
    kind = models.CharField(max_length=20, default="need")
    title = models.CharField(max_length=120)
    text = models.TextField()
    original_text = models.TextField()
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    answers = models.JSONField(default=list, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="cases"
    )
    organization_text = models.CharField(max_length=120, blank=True)
    village = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    reporter = models.CharField(max_length=40, blank=True)
    reporter_phone = SecretField(blank=True)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="cases")
    # its publication on the list of needs, the newest
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="cases", db_index=False
    )
    source = models.CharField(max_length=20)
    urgency = models.CharField(max_length=10, default="normal")
    registered_at = models.DateTimeField()
    registered_on = models.DateField()
    registered_by = models.BigIntegerField(null=True, blank=True)
    registered_by_name = models.CharField(max_length=80)
    state = models.CharField(max_length=12, default="registered")
    hand = models.CharField(max_length=8, default=rules.DESK, blank=True)
    story_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    handler = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    handler_text = models.CharField(max_length=120, blank=True)
    handler_person = models.CharField(max_length=40, blank=True)
    lent_to = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    returns = models.PositiveSmallIntegerField(default=0)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    ruled_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    reply_until = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    closing = models.CharField(max_length=12, blank=True)
    rating = models.CharField(max_length=12, blank=True)
    review_on = models.DateField(null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    accused = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    accused_text = models.CharField(max_length=120, blank=True)
    published = models.BooleanField(default=False)
    followed = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", db_index=False
    )
    profile = models.CharField(max_length=20, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    tier = models.CharField(max_length=8, blank=True)
    tier_due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    urged_at = models.DateTimeField(null=True, blank=True)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    bundle = models.ForeignKey(Bundle, models.SET_NULL, null=True, blank=True, related_name="+")
    search = SearchVectorField(null=True, editable=False)

    objects: ClassVar[models.Manager[Case]] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("诉求")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="one_case_per_number"),
            models.UniqueConstraint(
                fields=["jurisdiction", "external_number"],
                condition=~Q(external_number=""),
                name="one_case_per_external_number",
            ),
            models.CheckConstraint(condition=Q(state__in=list(rules.STATES)), name="case_state_is_known"),
            models.CheckConstraint(
                condition=Q(
                    *[Q(state=state, hand=hand) for state, hand in rules.HAND_OF.items()], _connector=Q.OR
                ),
                name="case_lies_in_one_hand",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, closed_on__isnull=False)
                & ~Q(closing="")
                & ~Q(outcome="")
                | ~Q(state="closed") & Q(closed_at__isnull=True, closed_on__isnull=True, closing=""),
                name="case_closed_with_its_ground",
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | ~Q(organization_text=""),
                name="case_names_who_asked",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=["dispatched", "signed", "vetting", "answered", "disputed", "objected"]
                )
                | Q(handler__isnull=False),
                name="case_in_work_has_a_handler",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into__isnull=True),
                name="case_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(rules.ENDED_ORDER), ended_at__isnull=False)
                | ~Q(state__in=list(rules.ENDED_ORDER)) & Q(ended_at__isnull=True),
                name="case_ended_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["jurisdiction", "registered_on", "id"], name="case_by_day"),
            # With all that a count by state looks at.
            models.Index(
                fields=["jurisdiction", "state", "-id"], include=["kind", "accused"], name="case_by_state"
            ),
            models.Index(fields=["jurisdiction", "-id"], name="case_by_newest"),
            models.Index(fields=["organization", "-id"], name="case_by_organization"),
            models.Index(fields=["handler", "-id"], name="case_by_handler"),
            models.Index(
                fields=["jurisdiction", "due_at"],
                name="case_open_by_due",
                condition=Q(state__in=list(rules.OPEN)),
            ),
            models.Index(
                fields=["jurisdiction", "tier_due_at"],
                name="case_by_tier_limit",
                condition=Q(tier_due_at__isnull=False),
            ),
            models.Index(
                fields=["jurisdiction", "closed_on"], name="case_by_end", condition=Q(state="closed")
            ),
            models.Index(fields=["jurisdiction", "ended_at"], name="case_by_ending"),
            models.Index(fields=["category", "-id"], name="case_handled_before", condition=Q(handler__isnull=False)),
            models.Index(fields=["jurisdiction"], name="case_opened_again", condition=Q(reopened__gt=0)),
            models.Index(
                fields=["merged_into"], name="case_by_winner", condition=Q(merged_into__isnull=False)
            ),
            models.Index(fields=["part_of"], name="case_by_whole", condition=Q(part_of__isnull=False)),
            models.Index(
                fields=["service", "-id"], name="case_by_service", condition=Q(service__isnull=False)
            ),
            models.Index(fields=["team", "-id"], name="case_by_team", condition=Q(team__isnull=False)),
            models.Index(fields=["accused"], name="case_by_accused", condition=Q(accused__isnull=False)),
            models.Index(fields=["item"], name="case_by_item", condition=Q(item__isnull=False)),
            models.Index(fields=["visit"], name="case_by_visit", condition=Q(visit__isnull=False)),
            GinIndex(fields=["search"], name="case_search", fastupdate=True, gin_pending_list_limit=1024),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def whose(self) -> str:
        """Name of who asked, as registered or as written."""
        return self.organization.name if self.organization is not None else self.organization_text

    @property
    def sort(self) -> rules.Kind:
        """What kind of case it is, with its words and limits."""
        return rules.kind_of(self.kind)

    @property
    def ended(self) -> bool:
        """Closed, taken back, not taken or merged."""
        return self.state in rules.ENDED

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("cases:case", kwargs={"key": self.key})


class CaseEvent(Owned):
    """One line of the story. `seconds` is the office time that `hand` had since the line before.

    `unit` has the case after it; `from_unit` is who had it, where it went from one to another.

    So the lines of a case share its whole time out among the hands, with nothing lost or counted twice.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    move = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80)
    unit = models.CharField(max_length=120, blank=True)
    from_unit = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)
    hand = models.CharField(max_length=8, blank=True)
    hand_name = models.CharField(max_length=120, blank=True)
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]
        indexes: ClassVar = [
            models.Index(fields=["case", "id"], name="case_event_by_case"),
            models.Index(
                fields=["jurisdiction", "from_unit", "unit"],
                name="case_event_by_handing",
                condition=~Q(from_unit=""),
            ),
        ]


class Extension(Owned):
    """A request for more time, with its ground and the decision. `unit`: wd working days, d days."""

    class Decision(models.TextChoices):
        PENDING = "", _("待审批")
        APPROVED = "approved", _("同意")
        REFUSED = "refused", _("不同意")
        LAPSED = "lapsed", _("已失效")

    case = models.ForeignKey(Case, models.CASCADE, related_name="extensions")
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=2, default="wd")
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=80)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=80, blank=True)
    ground = models.CharField(max_length=300, blank=True)
    due_before = models.DateTimeField()
    due_after = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["case"], condition=Q(decision=""), name="one_open_extension_per_case"
            ),
        ]
