"""What every move of a case has in common: the state changes once, the story gets a line, the duty passes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from lianjian.directory.models import Organization
from lianjian.duties.actions import close_duties, open_duty
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.calendar import day_end, local_day
from lianjian.foundation.errors import _, translate
from lianjian.foundation.rights import Denied, require
from lianjian.foundation.writing import add
from lianjian.journal.actions import Changes, record
from lianjian.notices.actions import notify
from lianjian.rulebook.actions import Ask, evaluate_deadline
from lianjian.rulebook.models import Evaluation
from lianjian.rulebook.queries import calendar

from .. import rules
from ..models import Case, CaseEvent, Escalation, Extension, Pause
from ..queries.pauses import counted_days
from ..queries.people import contacts_of, followers_of
from .interest import check_impartial, in_accused_tree
from .pausing import cut_pauses, with_pauses
from .publishing import end_publication


def place(case: Case) -> Whole:
    """The whole of the jurisdiction whose case it is."""
    return Whole(case.jurisdiction_id)


def require_unit(actor: Actor, case: Case) -> None:
    """Who handles cases at the unit that has this one. Raises `Denied`."""
    require(actor, "cases.handle", case.handler if case.handler is not None else place(case))


def require_office_or_unit(actor: Actor, case: Case) -> None:
    """The office of the place, or who handles cases at the unit that has this one. Raises `Denied`."""
    if actor.may("cases.dispatch", place(case)):
        require(actor, "cases.dispatch", place(case))  # a place above reads, and does not write
    else:
        require_unit(actor, case)


def is_asker(actor: Actor, case: Case) -> bool:
    """The firm's own contact, or who told the case on a public page and holds its code."""
    if getattr(actor, "asker_of", None) == case.pk:
        return True
    return case.organization is not None and actor.may("cases.confirm", case.organization)


def speaks_for_asker(actor: Actor, case: Case) -> bool:
    """True for who asked; False for the office, which speaks for them after a call-back."""
    if is_asker(actor, case):
        return True
    if actor.may("cases.confirm_for", place(case)):
        return False
    raise Denied


def take(case: Case, code: str, seen: int | None) -> rules.Move:
    """The move, if it may be made now by who saw version `seen`. Raises `ChangedMeanwhile`, `NotNow`."""
    if seen is not None and seen != case.version:
        raise rules.ChangedMeanwhile
    if code in case.sort.without:
        raise rules.NotOfThisKind(kind=str(case.sort.name), move=translate(rules.MOVES[code].label))
    return rules.check_move(code, case.state)


def advance(
    *,
    actor: Actor,
    case: Case,
    move: rules.Move,
    now: datetime,
    to: str = "",
    text: str = "",
    reason: str = "",
    public_text: str | None = None,
    changes: Changes | None = None,
    **fields: Any,
) -> CaseEvent:
    """Write the move: one guarded update of the case, one line of its story, one journal entry.

    The update names the version that was read, so of two people who act at once the second finds no row and gets
    `ChangedMeanwhile`; nothing is locked before it (docs/how-to/locking.md).
    """
    check_impartial(actor, case, move.code)
    before, hand, hand_name = case.state, case.hand, hand_name_of(case)
    old = case.handler.name if "handler" in fields and case.handler is not None else ""
    to = to or move.to or before
    moment = max(now, case.story_at)
    seconds = rules.worked_seconds(case.story_at, moment, counted_days(case, calendar()))
    if public_text is not None:
        fields["text"] = public_text
    values = {**fields, "state": to, "hand": rules.HAND_OF[to], "story_at": moment}
    if (to in rules.ENDED) != (before in rules.ENDED):
        values["ended_at"] = moment if to in rules.ENDED else None
    written = Case.objects.filter(pk=case.pk, version=case.version).update(version=F("version") + 1, **values)
    if written != 1:
        raise rules.ChangedMeanwhile
    for name, value in values.items():
        setattr(case, name, value)
    case.version += 1
    event = CaseEvent(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        at=moment,
        move=move.code,
        from_state=before,
        to_state=to,
        actor_id=actor.user_id,
        actor_name=actor.name,
        unit=case.handler.name if case.handler is not None else case.handler_text,
        from_unit=old if case.handler is None or case.handler.name != old else "",
        text=text.strip(),
        reason=reason.strip()[:300],
        hand=hand,
        hand_name=hand_name,
        seconds=seconds,
    )
    add(event)
    told = {"state": (before, to), **(changes or {})}
    record(actor=actor, verb=f"cases.{move.code}", subject=case, now=now, changes=told)
    if case.item_id is not None and to in rules.ENDED:
        end_publication(case, now)
    return event


def hand_name_of(case: Case) -> str:
    """Name of who must act."""
    if case.hand == rules.UNIT:
        if case.lent_to is not None:
            return case.lent_to.name
        return case.handler.name if case.handler is not None else case.handler_text
    return case.whose if case.hand == rules.ASKER else ""


def main_deadline(case: Case, now: datetime, amount: int | None = None, unit: str | None = None) -> Ask:
    """What the case's own limit rests on: urgency first, then the profile of its category."""
    profile = case.category
    # A category with a limit of its own knows better than the kind.
    own = profile.amount or profile.deadline_code != "case.need"
    code = profile.deadline_code if own else case.sort.limit("main") or profile.deadline_code
    way: dict[str, Any] = {"profile": case.profile, "urgency": case.urgency}
    if amount is None and case.urgency == "urgent":
        return Ask("case.urgent", now, **way)
    if amount is not None:
        return Ask(code, now, amount, unit or "wd", **way)
    if case.service is not None and case.service.days:
        return Ask(code, now, case.service.days, "wd", case.service.name, **way)
    ground = profile.name if profile.amount else ""
    return Ask(code, now, profile.amount, profile.unit or None, ground, **way)


def step_deadline(
    actor: Actor, case: Case, step: str, now: datetime, start: datetime | None = None, *, stored: bool = True
) -> Evaluation:
    """The limit of one step by the case's kind: to dispatch, to sign, to refuse, to rule, to confirm.

    Not `stored`: it is stored with the duty that rests on it.
    """
    return evaluate_deadline(
        actor=actor,
        code=case.sort.limit(step),
        start=start or now,
        now=now,
        jurisdiction_id=case.jurisdiction_id,
        profile=case.profile,
        urgency=case.urgency,
        stored=stored,
    )


@dataclass(frozen=True)
class Task:
    """The duty that belongs to a state: who must do what by when."""

    kind: str
    organization: Organization | None
    due_at: datetime | None = None


DUTY_KINDS = {
    "registered": "cases.dispatch",
    "returned": "cases.dispatch",
    "dispatched": "cases.sign",
    "signed": "cases.answer",
    "handling": "cases.answer",
    "disputed": "cases.answer",
    "parked": "cases.review",
    "objected": "cases.rule",
    "vetting": "cases.vet",
}


def task_of(case: Case) -> Task | None:
    """The one duty of the state the case is in; None when nobody must act."""
    if not case.hand:
        return None
    if case.state == "answered":
        if case.organization is not None and contacts_of(case.organization):
            return Task("cases.confirm", case.organization)
        return Task("cases.call_back", None)
    kind = DUTY_KINDS[case.state]
    if case.hand in (rules.DESK, rules.JUDGE):
        review = case.review_on if case.state == "parked" else None
        return Task(kind, None, day_end(review) if review else None)
    # To sign has a limit of its own, that of its evaluation.
    return Task(kind, case.handler, case.due_at if kind == "cases.answer" else None)


def pass_on(
    actor: Actor,
    case: Case,
    now: datetime,
    *,
    before: Task | None,
    evaluation: Evaluation | None = None,
    fresh: bool = False,
) -> None:
    """Close the duties of the old state and open the one of the new, unless it is the same duty.

    `evaluation` is the length of time of this step alone (dispatch, sign, confirm); the answer's is the case's own.
    `fresh`: the case was made just now.
    """
    task = task_of(case)
    if task == before:
        return
    if before is not None and task is not None and (task.kind, task.organization) == (before.kind, before.organization):
        close_duties(actor=actor, record=case, kind=before.kind, now=now)  # the same duty with another limit
    elif before is not None:
        _end_requests(actor, case, before, now)
        close_duties(actor=actor, record=case, now=now)
    if task is not None:
        open_duty(
            actor=actor,
            record=case,
            kind=task.kind,
            title=words_outside(case),
            url=case.get_absolute_url(),
            now=now,
            due_at=task.due_at,
            organization=task.organization,
            evaluation=case.evaluation if task.kind == "cases.answer" else evaluation,
            note="" if case.accused_id else case.whose[:300],
            fresh=fresh,
        )


def _end_requests(actor: Actor, case: Case, before: Task, now: datetime) -> None:
    """The unit has done its step: what it asked for is no longer wanted."""
    if before.kind not in ("cases.sign", "cases.answer"):
        return
    lapsed = {"decision": "lapsed", "decided_at": now}
    Extension.objects.filter(case=case, decision="").update(**lapsed)
    if before.kind == "cases.answer":
        Pause.objects.filter(case=case, decision="").update(**lapsed)
        if case.paused_until is not None and case.paused_until > local_day(now):
            cut_pauses(case, now)
            changed = {**with_pauses(actor, case, now), "paused_until": local_day(now)}
            Case.objects.filter(pk=case.pk).update(**changed)
            for name, value in changed.items():
                setattr(case, name, value)
        Escalation.objects.filter(case=case, kind="action", acted_at__isnull=True).update(acted_at=now)


def tell(actor: Actor, case: Case, users: list[int], kind: str, now: datetime, text: str = "") -> None:
    """A message to those concerned, not to who acted."""
    ids = [user for user in dict.fromkeys(users) if user != actor.user_id]
    if ids and case.accused is not None:
        barred = in_accused_tree(ids, case.accused)
        ids = [user for user in ids if user not in barred]
    if ids:
        notify(
            actor=actor,
            user_ids=ids,
            kind=f"cases.{kind}",
            title=notice_title(kind, case)[:200],
            url=case.get_absolute_url(),
            now=now,
            text=text,
        )


def tell_askers(actor: Actor, case: Case, kind: str, now: datetime, text: str = "") -> None:
    """A message to who asked and to who follows, where they have accounts."""
    users = list(contacts_of(case.organization)) if case.organization is not None else []
    if case.followed:
        users += followers_of(case)
    tell(actor, case, users, kind, now, text)


def words_outside(case: Case) -> str:
    """Number and title, for duties and messages; of an accusation the number alone."""
    return case.number if case.accused_id else f"{case.number} {case.title}"[:200]


def notice_title(kind: str, case: Case) -> str:
    """The first line of a message, in the language of the house: who reads it later may have chosen another."""
    words = {
        "registered": _("新诉求待派单:%(case)s"),
        "dispatched": _("派给本单位的诉求:%(case)s"),
        "returned": _("诉求被退回:%(case)s"),
        "answered": _("诉求已有反馈,请确认:%(case)s"),
        "disputed": _("诉求人对反馈有异议:%(case)s"),
        "closed": _("诉求已办结:%(case)s"),
        "withdrawn": _("诉求已撤回:%(case)s"),
        "urged": _("诉求人催办:%(case)s"),
        "extension_asked": _("申请延期:%(case)s"),
        "extension_decided": _("延期审批结果:%(case)s"),
        "pause_asked": _("申请暂停计时:%(case)s"),
        "pause_decided": _("暂停计时审批结果:%(case)s"),
        "escalated": _("请关注:%(case)s"),
        "supervised": _("督办:%(case)s"),
        "raised": _("已上报上一级:%(case)s"),
        "parked": _("诉求已挂账:%(case)s"),
        "progress": _("诉求有新进展:%(case)s"),
        "supplemented": _("诉求人补充了说明:%(case)s"),
        "objected": _("诉求被再次退回,待裁定:%(case)s"),
        "ruled": _("退单已裁定:%(case)s"),
        "vetting": _("办理结果待复核:%(case)s"),
        "reopened": _("诉求重新办理:%(case)s"),
        "offered": _("请本单位协办或接办:%(case)s"),
        "declined": _("诉求不予受理:%(case)s"),
        "merged": _("诉求已并案:%(case)s"),
        "recalled": _("派单已收回:%(case)s"),
    }
    return words[kind] % {"case": words_outside(case)}
