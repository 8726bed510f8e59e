"""The page of a body (form, approvals, leadership, elections) and the page of an election."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Link, Organization
from lianjian.directory.queries import organization_url
from lianjian.events.queries import meeting_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge
from lianjian.foundation.listing import Link as ListLink
from lianjian.rulebook.queries import cite, finding, step_text, title_of

from ..models import Approval, BodyForm, Election, Term
from ..rules import bodies, elections
from .bodies import FORMATIONS, LEVELS, Form, Law, with_form, with_numbers, with_verdict
from .branches import may_write
from .committees import election_url, elections_of, holders, superior_of, with_state
from .hosts import hangs_right, unreported


@dataclass(frozen=True)
class BodyPage:
    """Form, number, approvals, units, terms and elections of a party organization."""

    name: str
    facts: Sequence[tuple[str, Any]]
    warning: Sequence[tuple[str, str]]
    notes: Sequence[tuple[str, str]]
    badge: Badge | None
    history: Sequence[tuple[Any, ...]]
    approvals: Sequence[tuple[Any, ...]]
    open_approvals: Sequence[tuple[str, str]]
    units: Sequence[tuple[Any, ...]]
    term: Sequence[tuple[str, Any]]
    term_badge: Badge | None
    term_url: str
    officers: Sequence[tuple[str, str, date]]
    terms: Sequence[tuple[Any, ...]]
    elections: Sequence[tuple[Any, ...]]
    temporary: bool
    to_found: bool
    to_report: bool
    may_write: bool
    may_seat: bool
    may_decide: bool


# Which rule stands behind a verdict about form and number, for firms and for others.
BEHIND = {
    bodies.FEW: ("company.alone", "branch.required"),
    bodies.MANY: ("company.level", "branch.size"),
    bodies.LEVEL: ("company.level", "branch.village_form"),
    bodies.JOINT: ("company.joint", "branch.joint"),
}


# What the rulebook says to a body, where no fact on record can decide it: read, and left to people.
FEWER: Final = _("不再符合条件的,由党组织研究调整或撤销,并报上级党组织。")
CHANGED: Final = _("这个党支部已调整或撤销,还没有登记报上级党组织。")
HANGS: Final = _("挂靠的不是村(社区)、园区、商会或产业链的党组织,请核对。")
AT_FIRMS: Final = (
    ("company.limits", _("不得向企业摊派,不得强制捐赠;企业参加联建的投入出于自愿。")),
    ("company.not_run", _("党组织不干预企业经营:参与不干预,到位不越位。")),
)


def _notes(row: Any, law: Law, day: date, *, to_report: bool, host_approved: bool) -> list[tuple[str, str]]:
    """What the rules say to this body beside the verdict about its number: (words, law and article)."""
    form = Form(row.form_level, row.form_formation, row.form_seat)
    found: list[tuple[str, Any]] = []
    if to_report:
        found.append(("branch.dissolved", CHANGED))
    elif row.verdict == bodies.FEW:
        found.append(("branch.dissolved", FEWER))
    if not host_approved and not hangs_right(row, form, day):
        found.append(("company.attached", HANGS))
    if row.form_seat == "firm":
        found += AT_FIRMS
    return [(str(words), law.cite(code)) for code, words in found if law.cite(code)]


def may_decide(actor: Actor, body: Organization) -> bool:
    """Whether the actor acts for the superior of a body, or records its paper where it is another place."""
    return body.jurisdiction_id in actor.writable and actor.may("partylife.write", superior_of(body))


def may_seat(actor: Actor, body: Organization) -> bool:
    """Whether who writes of a body here may write its details and office-holders in the register too."""
    return may_write(actor, body) and actor.may("directory.write", body) and actor.may("people.write", body)


def _form_facts(row: Any) -> list[tuple[str, Any]]:
    facts = [
        (gettext("类型"), LEVELS.get(row.form_level, row.form_level)),
        (gettext("组建方式"), FORMATIONS.get(row.form_formation, "")),
        (gettext("所在单位"), translate(bodies.SEATS[row.form_seat])),
        (gettext("现在的形式从"), row.form_since),
        (gettext("上级批复文号"), row.form_paper),
        (gettext("正式党员"), gettext("未知") if row.known is None else row.known),
        (gettext("覆盖单位"), row.units),
    ]
    return [fact for fact in facts if fact[1] not in ("", None)]


def _units(body: Organization, day: date) -> list[tuple[Any, ...]]:
    rows: Any = Link.objects.filter(kind=Link.PARTY, source=body)
    found = rows.on(day).order_by("target__name", "pk").values_list("target__name", "target__key", "since", "note")
    return [(ListLink(name, organization_url(key)), since, note) for name, key, since, note in found[:200]]


def _approval(row: Approval) -> tuple[Any, ...]:
    kept = row.evaluation
    ground = ListLink(title_of(kept), _evaluation(kept)) if kept is not None else ""
    asked = gettext("%(day)s申请") % {"day": row.asked_on} if row.asked_on else ""
    reason = "; ".join(filter(None, (asked, row.reason)))
    return (translate(bodies.MATTERS[row.matter]), row.paper, row.approved_on, row.until, reason, ground)


def _election(row: Election) -> tuple[Any, ...]:
    badge = Badge(translate(elections.STATES[row.state]), elections.TONES[row.state])
    address = ListLink(row.held_on.isoformat(), election_url(row.key))
    return (address, translate(elections.LEADERSHIPS[row.leadership]), f"{row.present}/{row.eligible}", badge)


def _terms(body: Organization, day: date) -> list[Any]:
    rows = with_state(Term.objects.filter(branch=body), day).select_related("evaluation").order_by("-since", "-pk")
    return list(rows[:30])


def _term_facts(term: Any) -> list[tuple[str, Any]]:
    facts = [
        (gettext("班子"), translate(elections.LEADERSHIPS[term.leadership])),
        (gettext("产生方式"), translate(elections.WAYS_IN[term.way])),
        (gettext("任期开始"), term.since),
        (gettext("任期届满"), term.due_on),
        (gettext("批准延期至"), term.extended_to),
        (gettext("提醒日期"), term.remind_on),
        (gettext("上级批复文号"), term.paper),
        (gettext("任期依据"), cite(term.evaluation) if term.evaluation is not None else ""),
    ]
    return [fact for fact in facts if fact[1] not in ("", None)]


def body_page(actor: Actor, body: Organization, day: date) -> BodyPage:
    """A body on a day. Eight queries, however much is on record; more where it hangs on others or is no more."""
    law = Law(day)
    numbered = with_numbers(with_form(Organization.objects.filter(pk=body.pk), day), day)
    row = with_verdict(numbered, day, law).get()
    papers = Approval.objects.visible_to(actor).filter(branch=body).select_related("evaluation")
    approvals = list(papers.order_by("-approved_on", "-pk")[:50])
    forms = list(BodyForm.objects.filter(organization=body).order_by("-since")[:30])
    to_report = unreported(body, forms, approvals) is not None
    terms = _terms(body, day)
    running = next((one for one in terms if one.state != elections.OVER), None)
    badge, warning = None, []
    if row.verdict != bodies.FINE and bodies.RANK[row.form_level] not in ("group", "home"):
        badge = Badge(translate(bodies.VERDICTS[row.verdict]), bodies.VERDICT_TONES[row.verdict])
        if row.broken in BEHIND:
            code = BEHIND[row.broken][0 if row.form_seat == "firm" else 1]
            warning = [(translate(bodies.VERDICTS[row.broken]), law.cite(code))]
    return BodyPage(
        name=body.name, facts=_form_facts(row), warning=warning, badge=badge, history=_history(forms),
        notes=_notes(row, law, day, to_report=to_report, host_approved=_holds(approvals, bodies.HOST, day)),
        to_report=to_report,
        to_found=body.dissolved_on is None
        and bodies.RANK[row.form_level] in ("branch", "general_branch")
        and all(one.matter != bodies.FOUNDING for one in approvals),
        approvals=[_approval(one) for one in approvals], open_approvals=_lasting(approvals, day),
        units=_units(body, day),
        term=_term_facts(running) if running is not None else [],
        term_badge=_term_badge(running),
        term_url=_evaluation(running.evaluation) if running is not None and running.evaluation is not None else "",
        officers=holders(body, day),
        terms=[
            (one.since, one.extended_to or one.due_on, one.ended_on, translate(elections.WAYS_IN[one.way]))
            for one in terms if one is not running
        ],
        elections=[_election(one) for one in elections_of(actor, body)[:30]],
        temporary=row.form_formation == bodies.TEMPORARY, may_write=may_write(actor, body),
        may_seat=may_seat(actor, body), may_decide=may_decide(actor, body),
    )  # fmt: skip


def _history(forms: Sequence[BodyForm]) -> list[tuple[Any, ...]]:
    return [
        (row.get_level_display(), row.get_formation_display(), row.since, row.until, row.paper)
        for row in forms
    ]  # fmt: skip


def _holds(approvals: Sequence[Approval], matter: str, day: date) -> bool:
    return any(one.matter == matter and (one.until is None or one.until > day) for one in approvals)


def _lasting(approvals: Sequence[Approval], day: date) -> list[tuple[str, str]]:
    def address(one: Approval) -> str:
        return reverse("partylife:end_exception", kwargs={"key": one.key})

    return [
        (f"{translate(bodies.MATTERS[one.matter])} {one.paper}", address(one))
        for one in approvals
        if one.matter in bodies.LASTING and (one.until is None or one.until > day)
    ]  # fmt: skip


def _term_badge(term: Any) -> Badge | None:
    if term is None:
        return None
    return Badge(translate(elections.TERM_STATES[term.state]), elections.TERM_TONES[term.state])


def _evaluation(evaluation: Any) -> str:
    return reverse("rulebook:evaluation", kwargs={"key": evaluation.key})


@dataclass(frozen=True)
class ElectionPage:
    """What was counted, who was elected, and every rule it was held against."""

    name: str
    badge: Badge
    facts: Sequence[tuple[str, Any]]
    elected: Sequence[tuple[Any, ...]]
    grounds: Sequence[tuple[Any, ...]]
    meeting: tuple[str, str]
    may_decide: bool
    may_approve: bool


def election_page(actor: Actor, row: Election) -> ElectionPage:
    """An election; two queries. The elected stand in the order of their offices, never of their votes."""
    order = list(elections.OFFICES)
    named = list(row.elected.select_related("member__person", "evaluation"))
    named.sort(key=lambda one: (min(order.index(office) for office in one.offices), one.member.person.name))
    own = {one.evaluation_id for one in named}
    grounds = row.grounds.exclude(evaluation_id__in=own).select_related("evaluation").order_by("pk")
    facts = [
        (gettext("选举日期"), row.held_on),
        (gettext("选举方式"), translate(elections.VOTERS[row.way])),
        (gettext("班子"), translate(elections.LEADERSHIPS[row.leadership])),
        (gettext("应选人数"), row.seats),
        (gettext("候选人数"), row.candidates),
        (gettext("应到会"), row.eligible),
        (gettext("实到会"), row.present),
        (gettext("发出选票"), row.ballots_out),
        (gettext("收回选票"), row.ballots_in),
        (gettext("请示批复文号"), row.request_paper),
        (gettext("结果报告文号"), row.report_paper),
        (gettext("上级批复"), " ".join(filter(None, (row.settled_paper, str(row.settled_on or ""))))),
        (gettext("退回理由"), row.settled_reason),
        (gettext("说明"), row.reason),
    ]
    decides = row.state == elections.RECORDED and may_decide(actor, row.branch)
    return ElectionPage(
        name=f"{row.branch.name} {row.held_on}",
        badge=Badge(translate(elections.STATES[row.state]), elections.TONES[row.state]),
        facts=[fact for fact in facts if fact[1] not in ("", None)],
        elected=[
            (
                one.member.person.name,
                "、".join(translate(elections.OFFICES[office]) for office in one.offices),
                one.votes,
                ListLink(_steps(one.evaluation), _evaluation(one.evaluation)),
            )
            for one in named
        ],
        grounds=[
            (ListLink(title_of(g.evaluation), _evaluation(g.evaluation)), _steps(g.evaluation), cite(g.evaluation))
            for g in grounds
        ],
        meeting=(row.meeting.title, meeting_url(row.meeting.key)),
        may_decide=decides,
        may_approve=decides and may_seat(actor, row.branch),
    )


def _steps(evaluation: Any) -> str:
    found = finding(evaluation)
    return " ".join(step_text(step) for step in found.steps) if found is not None else ""
