"""Who may vote in a body, who holds its offices, its terms and what is near their end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Membership, Organization
from lianjian.directory.models.organizations import path_ids
from lianjian.events.models import Attendance, Meeting
from lianjian.foundation.actor import Actor, path_range
from lianjian.foundation.dbday import Today
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.rulebook.models import Rule
from lianjian.rulebook.queries import local_rules, rule_on, source_text

from ..models import BranchMembership, Election, MemberExemption, Term
from ..rules import bodies, elections
from .bodies import Form
from .listing import address_of
from .members import _free, halted


def body_url(key: object) -> str:
    """The address of a body's form, leadership and elections."""
    return address_of("partylife:body").replace("/body", f"{key}/body")


def election_url(key: object) -> str:
    """The address of an election."""
    return f"{address_of('partylife:election')}{key}"


def superiors(found: Iterable[Organization]) -> dict[int, Organization]:
    """The nearest party organization above each body, by its id: what hangs below its firm or village answers to the
    committee above that, never to the unit. One query.
    """
    above = {one.pk: path_ids(one.path)[:-1] for one in found}
    ids = {pk for up in above.values() for pk in up}
    party = Organization.Classification.PARTY
    known = {one.pk: one for one in Organization.objects.filter(pk__in=ids, classification=party)}
    nearest = {pk: next((known[one] for one in reversed(up) if one in known), None) for pk, up in above.items()}
    return {pk: upper for pk, upper in nearest.items() if upper is not None}


def superior_of(body: Organization) -> Organization:
    """Who decides for the body above, in its own place; the body itself where that is another place or nobody."""
    above = body.parent  # mostly the committee itself, and loaded with the body
    if above is None:
        return body
    upper = above if above.classification == Organization.Classification.PARTY else superiors([body]).get(body.pk)
    return upper if upper is not None and upper.jurisdiction_id == body.jurisdiction_id else body


def electors(body: Organization, form: Form, day: date) -> QuerySet[Any]:
    """Seats of full members who count as 应到会 on the day: of the branch, or of all branches below a higher body."""
    seats: Any = BranchMembership.objects.filter(role=BranchMembership.HOME)
    if form.level in bodies.BRANCHES:
        seats = seats.filter(branch=body)
    else:
        low, high = path_range(body.path)
        seats = seats.filter(branch__path__gte=low, branch__path__lt=high)
    rows = seats.on(day).annotate(left_out=_free(MemberExemption.VOTE, day)).exclude(halted(day))
    return rows.filter(member__full_on__lte=day, left_out=False)  # type: ignore[no-any-return]


def signed(meeting: Meeting, who: QuerySet[Any]) -> int | None:
    """How many of the electors the list of the meeting says were there; None where no list was written."""
    rows = Attendance.objects.listed().filter(meeting=meeting)
    if not rows.exists():
        return None
    return rows.present().filter(person_id__in=who.order_by().values("member__person_id")).count()


def reminder_months(day: date, place: int) -> int:
    """How many months before its end a term is brought to mind: the place's own number, else the default."""
    own = local_rules(["branch.term_alert"], place, day).get("branch.term_alert", [])
    amount = next((row.amount for row in own if row.amount is not None and row.unit == "m"), None)
    return int(amount if amount is not None else rule_on("branch.term_alert", day).params["amount"])


def first_day(code: str) -> date:
    """From when on a rule is in force, in its first version."""
    return Rule.objects.filter(code=code).order_by("valid_from").values_list("valid_from", flat=True)[0]


def years_of(code: str, day: date) -> int:
    """The years that a rule about terms gives on a day."""
    return int(rule_on(code, day).params["amount"])


def words_of_law(code: str, day: date) -> str:
    """Law and article of the rule in force on a day."""
    rule = rule_on(code, day)
    return source_text(rule.source, rule.article)


def term_on(body: Organization, day: date) -> Term | None:
    """The term that runs on a day."""
    rows = Term.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), branch=body, since__lte=day)
    return rows.first()


def open_term(body: Organization) -> Term | None:
    """The term without an end."""
    return Term.objects.filter(branch=body, ended_on__isnull=True).first()


class Holder(NamedTuple):
    """One office and who holds it."""

    office: str
    name: str
    since: date


def holders(body: Organization, day: date) -> Sequence[Holder]:
    """Who holds which office of a body on a day, in the order of the offices; one query."""
    order = {role: place for place, role in enumerate(elections.ROLES.values())}
    words = {elections.ROLES[code]: word for code, word in elections.OFFICES.items()}
    rows: Any = Membership.objects.filter(organization=body, role__in=list(order))
    found = list(rows.on(day).values_list("role", "person__name", "since", "pk"))
    found.sort(key=lambda row: (order[row[0]], row[1], row[3]))
    return [Holder(translate(words[role]), name, since) for role, name, since, _pk in found]


def with_state(rows: QuerySet[Any], day: Any) -> QuerySet[Any]:
    """Terms with `end` and `state` on a day."""
    found: QuerySet[Any] = rows.annotate(end=Coalesce("extended_to", "due_on")).annotate(
        state=Case(
            When(ended_on__lte=day, then=Value(elections.OVER)),
            When(end__isnull=True, then=Value(elections.OPEN_END)),
            When(end__lt=day, then=Value(elections.OVERDUE)),
            When(remind_on__lte=day, then=Value(elections.ENDING)),
            default=Value(elections.RUNNING),
            output_field=CharField(),
        )
    )
    return found


def _term_row(values: Sequence[Any]) -> Row:
    key, name, leadership, since, end, extended, state, secretary = values[:8]
    return Row(
        body_url(key),
        (
            name,
            translate(elections.LEADERSHIPS[leadership]),
            secretary or "",
            since,
            end,
            gettext("已批准延期") if extended else "",
            Badge(translate(elections.TERM_STATES[state]), elections.TERM_TONES[state]),
        ),
    )


def _led(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(leadership=value)


def _ends_by(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    try:
        return rows.filter(end__lte=date.fromisoformat(value))
    except ValueError:
        return rows.none()


TERMS = register(
    ListSpec(
        name="partylife.terms",
        title=_("班子任期"),
        right="partylife.see",
        base=lambda actor: with_state(
            Term.objects.visible_to(actor).filter(
                branch__merged_into__isnull=True, branch__dissolved_on__isnull=True, ended_on__isnull=True
            ),
            Today(),
        ),
        columns=(
            Column("branch", _("党组织"), sort="branch__name"),
            Column("leadership", _("班子"), hide_small=True),
            Column("secretary", _("书记"), hide_small=True),
            Column("since", _("任期开始"), "date", "since", True),
            Column("end", _("任期届满"), "date", "end"),
            Column("extended", _("延期"), hide_small=True),
            Column("state", _("状态"), "state"),
        ),
        values=(
            "branch__key", "branch__name", "leadership", "since", "end", "extended_to", "state",
            "branch__party__secretary_name",
        ),
        row=_term_row,
        default_sort="end",
        state_field="state",
        states=tuple(
            (code, _(word)) for code, word in elections.TERM_STATES.items() if code != elections.OVER
        ),
        search=lambda rows, text: rows.filter(Q(branch__name__contains=text)),
        filters=(
            Filter(
                "leadership", _("班子"), _led, "select",
                lambda actor: [(code, _(word)) for code, word in elections.LEADERSHIPS.items()],
            ),
            Filter("until", _("届满不晚于"), _ends_by, "date"),
        ),
        empty=(_("没有登记任期"), _("在党组织的“组织设置和班子”页登记现任班子,届满前自动提醒。")),
    )
)  # fmt: skip


def elections_of(actor: Actor, body: Organization) -> QuerySet[Election]:
    """Elections of a body, the last first."""
    rows: QuerySet[Election] = Election.objects.visible_to(actor).filter(branch=body)
    return rows.order_by("-held_on", "-pk")


def overdue_on(rows: QuerySet[Any], day: Any) -> QuerySet[Any]:
    """Terms past their end on a day, as far as was approved by that day."""
    late = Q(due_on__lt=day)
    lengthened = Q(
        approvals__matter=bodies.POSTPONE, approvals__approved_on__lte=day, approvals__until__gte=day
    )
    running = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), late, since__lte=day)
    excused = Term.objects.filter(lengthened).order_by().values("pk")
    found: QuerySet[Any] = running.exclude(pk__in=excused).annotate(end=F("due_on"))
    return found
