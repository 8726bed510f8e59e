"""Meetings and activities: planned once or as a series, invited, answered, held, minuted, decided, followed up.

What is on the invitation is register and read across towns. What was said and decided is owned by the convener's
place and lent to the places of the bodies that took part (decision 0013). What a body of another town says - its
answer, its report - is a row of its own town.
"""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext

from lianjian.directory.models import Organization
from lianjian.files.models import Bundle
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.jurisdictions.models import Owned, Register
from lianjian.rulebook.models import Evaluation

from ..rules import meetings as rules
from .venues import Venue


class Series(Register):
    """What recurs: `rule` is a recurrence rule of RFC 5545; its meetings are made ahead up to `last_on`."""

    convener = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    rhythm = models.CharField(max_length=12)
    rule = models.CharField(max_length=120)
    first_on = models.DateField()
    last_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="series_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.title


def inside(actor: Actor, meeting: str = "") -> Q:
    """Whose meeting it is: the convener's place or subtree, or a body that is invited. `meeting` is a prefix."""
    right = "meetings.see"
    whole, paths = whole_jurisdictions(actor, right), subtree_paths(actor, right)
    own = Q(**{f"{meeting}jurisdiction_id__in": whole}) | subtree_q(f"{meeting}convener__path", paths)
    invited = Invitation.objects.filter(
        Q(organization__jurisdiction_id__in=whole) | subtree_q("organization__path", paths),
        meeting=OuterRef(f"{meeting}pk"),
        withdrawn_at__isnull=True,
    )
    return own | Q(Exists(invited))


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Doors to meetings."""

    def visible_to(self, actor: Actor) -> MeetingQuerySet:
        """Those whose invitation is public, and those of one's own bodies."""
        if not actor.scopes("meetings.see"):
            return self.none()
        return self.filter(Q(audience=rules.OPEN) | inside(actor))

    def concerning(self, actor: Actor) -> MeetingQuerySet:
        """Those that one's own bodies convene or are invited to."""
        return self.filter(inside(actor)) if actor.scopes("meetings.see") else self.none()

    def concerning_few(self, actor: Actor) -> MeetingQuerySet:
        """The same set as `concerning`, sought from one's bodies on where these are not whole places: for who has few
        meetings among many.
        """
        right = "meetings.see"
        if whole_jurisdictions(actor, right) or not actor.scopes(right):
            return self.concerning(actor)
        paths = subtree_paths(actor, right)
        invited = Invitation.objects.filter(subtree_q("organization__path", paths), withdrawn_at__isnull=True)
        own = self.model.objects.filter(subtree_q("convener__path", paths)).values("pk")
        return self.filter(pk__in=own.union(invited.values("meeting_id")))

    def held(self) -> MeetingQuerySet:
        """What took place: what figures count, each once, whatever the number of hosts."""
        return self.filter(state=rules.HELD)


class Meeting(Register):
    """One meeting, visit in company or activity, called by `convener` (an alliance's organization, or any).

    `kind` and `topics` are words of the code lists. `place` where there is no `venue`. `answer_by` is the last day to
    answer; None asks nobody. `hours` are the class hours of each who came; `served` are persons, `served_times`
    person-times (人次). `moved_at`: when the time or place was changed last, so that answers before it are asked for
    again. `sequence` counts changes, as calendars want it (RFC 5545, 3.8.7.4). `parts` are its parts in order,
    `parts_held` the numbers (from 1) of those that took place. When the venue is taken by it: `Booking`.
    `door_opened_at`: since when codes at the door are given out; those given before it are void. None: no codes.
    `sign_up_until`: till when people may sign up; None: they need not. `seats`: for how many; None: for all.
    """

    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="meetings")
    series_day = models.DateField(null=True, blank=True, editable=False)
    parts = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    parts_held = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    convener = models.ForeignKey(Organization, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=80)
    topics = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    agenda = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="meetings")
    place = models.CharField(max_length=120, blank=True)
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    served = models.PositiveIntegerField(null=True, blank=True)
    served_times = models.PositiveIntegerField(null=True, blank=True)
    audience = models.CharField(max_length=8, choices=list(rules.AUDIENCES.items()), default=rules.OPEN)
    answer_by = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=list(rules.STATES.items()), default=rules.PLANNED)
    reason = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    sequence = models.PositiveSmallIntegerField(default=0)
    door_opened_at = models.DateTimeField(null=True, blank=True)
    sign_up_until = models.DateTimeField(null=True, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    recorded_by_name = models.CharField(max_length=80)
    search = SearchVectorField(null=True, editable=False)

    objects = cast("MeetingQuerySet", MeetingQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["series", "series_day"], name="one_meeting_per_series_and_day"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"),
            models.CheckConstraint(condition=Q(venue__isnull=False) | ~Q(place=""), name="meeting_has_a_place"),
            models.CheckConstraint(
                condition=Q(served__isnull=True)
                | Q(served_times__isnull=True)
                | Q(served_times__gte=F("served")),
                name="meeting_served_in_order",
            ),
            models.CheckConstraint(
                condition=(Q(state="planned") & Q(settled_at__isnull=True))
                | (Q(state="held") & Q(settled_at__isnull=False))
                | (Q(state="cancelled") & Q(settled_at__isnull=False) & ~Q(reason="")),
                name="meeting_settled_with_reason",
            ),
            models.CheckConstraint(condition=Q(seats__isnull=True) | Q(seats__gte=1), name="meeting_has_a_seat"),
            models.CheckConstraint(condition=Q(parts_held__len__lte=F("parts__len")), name="held_parts_are_parts"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["starts_at", "id"], name="meeting_by_start"),
            models.Index(fields=["jurisdiction", "starts_at"], name="meeting_by_place"),
            models.Index(fields=["convener", "starts_at"], name="meeting_by_convener"),
            GinIndex(fields=["search"], name="meeting_search"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def where(self) -> str:
        """The place in words."""
        return " ".join(filter(None, (self.venue.name if self.venue is not None else "", self.place)))

    @property
    def kind_name(self) -> str:
        """The kind in the active language; a place's own word is its own name."""
        return gettext(self.kind)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("events:meeting", kwargs={"key": self.key})


class Invitation(Register):
    """A body that is to take part, and whether it did. Taken back, it stays with its day.

    `people` is how many came. `words` say why a body was excused or absent: no matters of a person's health or home.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="invitations")
    part = models.CharField(max_length=10, choices=list(rules.PARTS.items()), default=rules.MEMBER)
    invited_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    attendance = models.CharField(max_length=8, choices=list(rules.ATTENDANCE.items()), blank=True)
    people = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["meeting", "organization"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_invitation_per_body",
            ),
            models.CheckConstraint(
                condition=Q(attendance="attended", people__gt=0) | (~Q(attendance="attended") & Q(people=0)),
                name="who_attended_sent_people",
            ),
        ]


class Answer(Register):
    """What an invited body says to its invitation: a row of the body's own place, at most one an invitation."""

    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="answer")
    coming = models.CharField(max_length=5, choices=list(rules.COMING.items()), blank=True)
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [*Register.Meta.constraints]


class RecordQuerySet(models.QuerySet[Any]):
    """Doors to what was said and decided."""

    def visible_to(self, actor: Actor) -> RecordQuerySet:
        """The convener's place and subtree, and the bodies that were invited."""
        return self.filter(inside(actor, "meeting__")) if actor.scopes("meetings.see") else self.none()


class Minutes(Owned):
    """What was said. Lent to the places of the invited bodies."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    text = models.TextField(blank=True)
    bundle = models.ForeignKey(Bundle, models.SET_NULL, null=True, blank=True, related_name="+")
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_reason = models.CharField(max_length=200, blank=True)

    objects = cast("RecordQuerySet", RecordQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]


class Decision(Owned):
    """What the meeting decided, who is to do it (`charges`) and by when. Lent like the minutes.

    `done` with its evidence, `dropped` with its reason, both on `settled_on`; `words` hold the one or the other.
    Where it was put to the vote, the votes are kept with who was entitled and present; `evaluation` says by which rule
    it was adopted or `lost`, where a rule binds such votes. What was lost is nobody's to do.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", db_index=False)
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=list(rules.DECISIONS.items()), default=rules.DOING)
    settled_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    eligible = models.PositiveIntegerField(null=True, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)
    yes = models.PositiveIntegerField(null=True, blank=True)
    no = models.PositiveIntegerField(null=True, blank=True)
    abstain = models.PositiveIntegerField(null=True, blank=True)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, blank=True, related_name="+")

    objects = cast("RecordQuerySet", RecordQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "number"], name="one_decision_per_number"),
            models.CheckConstraint(
                condition=Q(yes__isnull=True, eligible__isnull=True, present__isnull=True, evaluation__isnull=True)
                | Q(present__lte=F("eligible"), present__gte=F("yes") + F("no") + F("abstain")),
                name="votes_within_those_present",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_on__isnull=True)
                | Q(state="lost", settled_on__isnull=False, yes__isnull=False)
                | (~Q(state__in=["open", "lost"]) & Q(settled_on__isnull=False) & ~Q(words="")),
                name="decision_settled_in_words",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["jurisdiction", "due_on"], name="decision_open_by_due", condition=Q(state="open"))
        ]

    def __str__(self) -> str:
        return self.text


class Charge(Register):
    """A body that has to do with a decision; what the decision says stands behind its own wall."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="charges", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["decision", "organization"], name="one_charge_per_body"),
        ]


class Task(Owned):
    """A charge in the hands of the body: a row of the body's own place, lent to the convener's.

    `text` is what the body reports it has done.
    """

    charge = models.OneToOneField(Charge, models.PROTECT, related_name="task")
    text = models.CharField(max_length=500, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]


def stands(answer: Answer | None, meeting: Meeting) -> bool:
    """Whether the body has answered for the time and place as they are now."""
    if answer is None or not answer.coming or answer.answered_at is None:
        return False
    return meeting.moved_at is None or answer.answered_at >= meeting.moved_at


def answer_of(invitation: Invitation) -> Answer | None:
    """The answer to an invitation, if there is one."""
    try:
        return invitation.answer
    except Answer.DoesNotExist:
        return None


def task_of(charge: Charge) -> Task | None:
    """The body's own row for a charge, if its place has made it."""
    try:
        return charge.task
    except Task.DoesNotExist:
        return None
