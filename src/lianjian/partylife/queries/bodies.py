"""The form of party organizations on a day, what their numbers say about it, and the line below a committee."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

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
from django.db.models.functions import Coalesce, Concat, NullIf
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    In,
    IsNull,
    LessThan,
    LessThanOrEqual,
)

from lianjian.directory.models import Link, Organization, PartyProfile
from lianjian.foundation.actor import Actor
from lianjian.foundation.staged import Part, Staged
from lianjian.rulebook.queries import rules_of, source_text

from ..models import Approval, BodyForm, BranchMembership
from ..models.bodies import approved
from ..models.doors import of_branches
from ..rules import bodies as rules
from .members import halted

# What a unit is, by its classification, where nobody recorded at what kind of unit a body stands.
SEAT_OF: Final = {
    "enterprise": "firm", "cooperative": "firm", "bank": "firm", "property": "firm", "village": "village",
    "park": "park", "centre": "park", "government": "organ", "social": "social",
}  # fmt: skip


class Form(NamedTuple):
    """How a body was formed on a day."""

    level: str
    formation: str
    seat: str
    since: date | None = None
    paper: str = ""


def form_on(body: Organization, day: date) -> Form:
    """The recorded form, or that of the profile; two queries."""
    row = (
        with_form(Organization.objects.filter(pk=body.pk), day)
        .values_list("form_level", "form_formation", "form_seat", "form_since", "form_paper")
        .first()
    )
    return Form(*row) if row is not None else Form("branch", "", "other")


def _seat(classification: str) -> Case:
    cases = [When(**{classification: kind}, then=Value(seat)) for kind, seat in SEAT_OF.items()]
    return Case(*cases, default=Value(None), output_field=CharField())


def with_form(rows: Any, day: Any) -> QuerySet[Any]:
    """Bodies with `form_level`, `form_formation`, `form_seat`, `form_since` and `form_paper` on a day."""
    held = BodyForm.objects.on(day).filter(organization=OuterRef("pk"))
    reached: Any = Link.objects.filter(kind=Link.PARTY, source=OuterRef("pk"))
    above: Any = Link.objects.filter(kind=Link.ADMINISTRATION, target=OuterRef("pk"))
    found: QuerySet[Any] = rows.annotate(
        form_level=Coalesce(Subquery(held.values("level")[:1]), F("party__level"), Value("branch")),
        form_formation=Coalesce(Subquery(held.values("formation")[:1]), F("party__formation"), Value("")),
        form_since=Subquery(held.values("since")[:1]),
        form_paper=Coalesce(Subquery(held.values("paper")[:1]), Value("")),
        unit_kind=Subquery(reached.on(day).order_by("since", "pk").values("target__classification")[:1]),
        upper_kind=Subquery(above.on(day).values("source__classification")[:1]),
    ).annotate(
        form_seat=Coalesce(
            NullIf(Subquery(held.values("seat")[:1]), Value("")),
            _seat("unit_kind"),
            _seat("upper_kind"),
            _seat("parent__classification"),  # before the first day of the links
            Value("other"),
            output_field=CharField(),
        )
    )
    return found


def bodies_on(actor: Actor, day: Any) -> QuerySet[Any]:
    """Party organizations in the actor's scope that stood on a day, with their form."""
    rows: Any = Organization.objects.filter(
        Q(founded_on__isnull=True) | Q(founded_on__lte=day),
        Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day),
        of_branches(actor, ""),
        classification=Organization.Classification.PARTY,
        merged_into__isnull=True,
    )
    return with_form(rows, day)


def _full(day: Any, where: dict[str, Any]) -> Any:
    """How many full members sit at home there on the day; NULL where none were ever entered."""
    seats: Any = BranchMembership.objects.filter(role=BranchMembership.HOME, **where)
    full = seats.on(day).exclude(halted(day)).annotate(one=Value(1)).order_by().values("one")
    counted = full.annotate(n=Count("pk", filter=Q(member__full_on__lte=day))).values("n")
    return Case(
        When(Exists(seats), then=Coalesce(Subquery(counted, output_field=IntegerField()), 0)),
        default=Value(None),
        output_field=IntegerField(),
    )


def with_numbers(rows: QuerySet[Any], day: Any) -> QuerySet[Any]:
    """Bodies with `known` members (on record here, else as the register says, else NULL) and `units` they reach.

    A branch counts its own members, a general branch or committee those of the branches below it.
    """
    own = _full(day, {"branch": OuterRef("pk")})
    below = _full(
        day,
        {"branch__path__gte": OuterRef("path"), "branch__path__lt": Concat(OuterRef("path"), Value("~"))},
    )
    links: Any = Link.objects.filter(kind=Link.PARTY, source=OuterRef("pk"))
    reached = links.on(day).order_by().values("source_id").annotate(n=Count("pk")).values("n")
    found: QuerySet[Any] = rows.annotate(
        known=Coalesce(
            Case(When(form_level__in=rules.BRANCHES, then=own), default=below, output_field=IntegerField()),
            F("party__members"),
            output_field=IntegerField(),
        ),
        units=Coalesce(Subquery(reached, output_field=IntegerField()), 0),
    )
    return found


ASKED: Final = (
    "branch.required", "branch.size", "branch.joint", "branch.village_form", "company.alone", "company.level",
    "company.joint", "company.instructor", "branch.dissolved", "company.alone_secretary", "company.attached",
    "company.limits", "company.not_run",
)  # fmt: skip


class Law:
    """The rules about forms in force on a day: numbers and articles; for a date they are kept."""

    def __init__(self, day: Any) -> None:
        self.rules = {row.code: row for row in sorted(rules_of(ASKED, day), key=lambda row: row.version)}

    def bounds(self, code: str, option: str = "") -> dict[str, int]:
        """The numbers of a range rule, or of one option of a rule about forms; none before the rule was in force."""
        if code not in self.rules:
            return {}
        params = self.rules[code].params
        found = params["one_of"][option] if option else params
        return {key: int(found[key]) for key in ("min", "over", "max", "below") if key in found}

    def cite(self, code: str) -> str:
        """Law and article; nothing before the rule was in force."""
        if code not in self.rules:
            return ""
        return source_text(self.rules[code].source, self.rules[code].article)


LEVEL: Final = Part("level", CharField())
FORMATION: Final = Part("formation", CharField())
SEAT: Final = Part("seat", CharField())
KNOWN: Final = Part("known", IntegerField())
UNITS: Final = Part("units", IntegerField())
BROKEN: Final = Part("broken", CharField())
BOUNDS: Final = {"min": LessThan, "over": LessThanOrEqual, "max": GreaterThan, "below": GreaterThanOrEqual}


def _outside(part: Part, numbers: dict[str, int]) -> Q:
    found = Q(pk__in=())
    for key, number in numbers.items():
        found |= Q(BOUNDS[key](part, number))
    return found


def _exception(matter: str, day: Any) -> Exists:
    return Exists(Approval.objects.filter(approved(matter, day), branch=OuterRef("pk")))


def with_verdict(rows: QuerySet[Any], day: Any, law: Law) -> QuerySet[Any]:
    """Bodies with what the rules of `law` say about form and number: `verdict`, and `broken` before approvals.

    An unknown number is unknown. What a superior approved is no warning.
    """
    branch = Q(In(LEVEL, list(rules.BRANCHES)))
    village = Q(Exact(SEAT, "village"))
    firm = Q(Exact(SEAT, "firm"))
    together = Q(Exact(FORMATION, "joint")) | Q(Exact(LEVEL, "joint"))
    alone = branch & ~Q(In(FORMATION, ["attached", rules.TEMPORARY])) & ~together
    general, committee = Q(Exact(LEVEL, "general_branch")), Q(Exact(LEVEL, "committee"))
    level = (general & firm & _outside(KNOWN, law.bounds("company.level", "general_branch"))) | (
        committee & firm & _outside(KNOWN, law.bounds("company.level", "committee"))
    )
    level |= (general & village & _outside(KNOWN, law.bounds("branch.village_form", "general_branch"))) | (
        committee & village & _outside(KNOWN, law.bounds("branch.village_form", "committee"))
    )
    upper = {k: v for k, v in law.bounds("company.level", "branch").items() if k in ("max", "below")}
    many = (branch & firm & _outside(KNOWN, upper)) | (branch & ~firm & _outside(KNOWN, law.bounds("branch.size")))
    few = alone & _outside(KNOWN, law.bounds("branch.required", "own"))
    units = together & (
        (firm & _outside(UNITS, law.bounds("company.joint"))) | (~firm & _outside(UNITS, law.bounds("branch.joint")))
    )
    broken = Case(
        When(units, then=Value(rules.JOINT)),
        When(Q(IsNull(KNOWN, True)), then=Value(rules.UNKNOWN)),
        When(level, then=Value(rules.LEVEL)),
        When(many, then=Value(rules.MANY)),
        When(few, then=Value(rules.FEW)),
        default=Value(rules.FINE),
        output_field=CharField(),
    )
    lifted = [
        When(Q(Exact(BROKEN, one)) & Q(_exception(one, day)), then=Value(rules.APPROVED)) for one in rules.EXCEPTIONS
    ]
    named = {name: f"form_{name}" for name in ("level", "formation", "seat")} | {"known": "known", "units": "units"}
    found: QuerySet[Any] = rows.annotate(broken=Staged(broken, named, CharField())).annotate(
        verdict=Staged(Case(*lifted, default=BROKEN, output_field=CharField()), {"broken": "broken"}, CharField())
    )
    return found


def checked_bodies(actor: Actor, day: Any, law: Law) -> QuerySet[Any]:
    """Bodies down to the branch whose form does not meet their number, is excepted, or cannot be told."""
    asked = [level for level, rank in rules.RANK.items() if rank in ("committee", "general_branch", "branch")]
    rows = with_numbers(bodies_on(actor, day).filter(form_level__in=asked), day)
    return with_verdict(rows, day, law).exclude(verdict=rules.FINE)


def is_village(body: Organization, form: Form) -> bool:
    """Whether the rules for villages and communities bind a body (农村基层组织工作条例)."""
    return form.seat == "village"


def is_township(body: Organization, form: Form) -> bool:
    """The committee at the root of a town (R2.11: five years)."""
    return body.is_root and form.level == "committee" and body.jurisdiction.level == "town"


def known_full(body: Organization, day: date) -> int | None:
    """Full members of a body on a day as the lists count them; None where nobody knows."""
    rows = with_numbers(with_form(Organization.objects.filter(pk=body.pk), day), day)
    found: int | None = rows.values_list("known", flat=True).first()
    return found


LEVELS = dict(PartyProfile.Level.choices)
FORMATIONS = dict(PartyProfile.Formation.choices)
