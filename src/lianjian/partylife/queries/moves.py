"""Lists of transfers and of members away; what a transfer's, a member's and a branch's page show of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.dbday import Today
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.rulebook.queries import cadences, cite
from lianjian.rulebook.rules import Cadence, Held, UnknownRule, state_of

from ..models import (
    Absence,
    BranchMembership,
    MemberContact,
    PartyMember,
    StandingDecision,
    Transfer,
    TransferAnswer,
)
from ..models.doors import of_branches
from ..models.moves import stopped
from ..rules import moves as rules
from .branches import branch_url, may_write, member_url
from .ladder import Law
from .listing import address_of

OVERDUE, ABROAD = ("due", "late"), "mobile.abroad_contact"


def transfer_url(key: object) -> str:
    """The address of a transfer."""
    return f"{address_of('partylife:transfer')}{key}"


def _transfers(actor: Actor) -> QuerySet[Any]:
    rows = Transfer.objects.visible_to(actor)
    return rows.annotate(
        source=Coalesce("branch__name", "branch_text"), target=Coalesce("to_branch__name", "to_text")
    )


def _transfer_row(values: Sequence[Any]) -> Row:
    key, name, source, target, opened, until, closed, state = values[:8]
    badge = Badge(translate(rules.STATES[state]), rules.TONES[state])
    return Row(transfer_url(key), (name, source, target, opened, until, closed, badge))


TRANSFERS = register(
    ListSpec(
        name="partylife.transfers",
        title=_("组织关系转接"),
        right="partylife.see",
        base=_transfers,
        columns=(
            Column("name", _("姓名"), sort="member__person__name"),
            Column("source", _("转出党组织"), sort="source"),
            Column("target", _("接收党组织"), sort="target"),
            Column("opened_on", _("开出介绍信日期"), "date", "opened_on", True),
            Column("valid_until", _("介绍信有效期至"), "date", "valid_until"),
            Column("closed_on", _("办结日期"), "date", "closed_on", True),
            Column("state", _("状态"), "state"),
        ),
        values=(
            "key", "member__person__name", "source", "target", "opened_on", "valid_until", "closed_on", "state",
        ),
        row=_transfer_row,
        default_sort="-opened_on",
        state_field="state",
        states=tuple((code, _(word)) for code, word in rules.STATES.items()),
        search=lambda rows, text: rows.filter(Q(member__person__name__contains=text) | Q(letter_number__contains=text)),
        empty=(_("还没有组织关系转接"), _("在党员页面点“转接组织关系”开出介绍信,接收党支部确认后才转移。")),
    )
)  # fmt: skip


def away_on(day: Any) -> QuerySet[Any]:
    """Spells away of members who are at home in a branch on a day: each member once."""
    home = BranchMembership.objects.on(day).filter(member_id=OuterRef("member_id"), role=BranchMembership.HOME)  # type: ignore[attr-defined]
    rows = Absence.objects.on(day).filter(kind__in=rules.AWAY)  # type: ignore[attr-defined]
    return rows.annotate(  # type: ignore[no-any-return]
        branch_name=Subquery(home.values("branch__name")[:1]),
        branch_key=Subquery(home.values("branch__key")[:1]),
        branch_id=Subquery(home.values("branch_id")[:1]),
    ).filter(branch_id__isnull=False)


def _mobile(actor: Actor) -> QuerySet[Any]:
    day = Today()
    reached = MemberContact.objects.filter(member_id=OuterRef("member_id"), reached=True).order_by()
    hosts = BranchMembership.objects.on(day).filter(member_id=OuterRef("member_id"), role=BranchMembership.HOST)  # type: ignore[attr-defined]
    return away_on(day).visible_to(actor).annotate(  # type: ignore[attr-defined, no-any-return]
        last_contact=Subquery(reached.values("member_id").annotate(last=Max("day")).values("last")),
        hosted=Exists(hosts),
    )


def _mobile_row(values: Sequence[Any]) -> Row:
    key, name, branch_key, branch, kind, place, since, contact, last, hosted = values[:10]
    shown = Link(branch, branch_url(branch_key))
    kind_word = translate(rules.ABSENCES[kind])
    return Row(
        member_url(key),
        (name, shown, kind_word, place, since, contact, last, gettext("双联共管") if hosted else ""),
    )


MOBILE = register(
    ListSpec(
        name="partylife.mobile",
        title=_("流动党员"),
        right="partylife.see",
        base=_mobile,
        columns=(
            Column("name", _("姓名"), sort="member__person__name"),
            Column("branch", _("组织关系所在党支部"), sort="branch_name"),
            Column("kind", _("情形"), hide_small=True),
            Column("place", _("流动去向")),
            Column("since", _("开始日期"), "date", "since"),
            Column("contact", _("流出地联系人"), hide_small=True),
            Column("last", _("最近联系"), "date", "last_contact"),
            Column("notes", _("说明"), hide_small=True),
        ),
        values=(
            "member__key", "member__person__name", "branch_key", "branch_name", "kind", "place", "since",
            "contact_name", "last_contact", "hosted",
        ),
        row=_mobile_row,
        default_sort="since",
        search=lambda rows, text: rows.filter(
            Q(member__person__name__contains=text) | Q(place__contains=text) | Q(branch_name__contains=text)
        ),
        filters=(
            Filter("silent", _("只看没有联系记录"), lambda rows, value, actor: rows.filter(last_contact=None), "check"),
            Filter("bare", _("只看没有联系人"), lambda rows, value, actor: rows.filter(contact_name=""), "check"),
        ),
        empty=(_("还没有流动党员"), _("在党员页面点“登记外出或失联”,写明去向和联系人。")),
    )
)  # fmt: skip


@dataclass(frozen=True)
class TransferPage:
    """A transfer with what either side may do now."""

    name: str
    facts: Sequence[tuple[str, Any]]
    state: Badge
    note: str
    may_answer: bool
    may_withdraw: bool
    may_confirm: bool
    member_url: str


def transfer_page(actor: Actor, transfer: Transfer, day: date) -> TransferPage:
    """A transfer as its page shows it. Three queries; a receiver sees the record itself once he accepted."""
    member, is_open = transfer.member, transfer.state == rules.OPEN
    answer = TransferAnswer.objects.filter(transfer=transfer).select_related("evaluation").first()
    full = member.full_on is not None and member.full_on <= day
    facts: list[tuple[str, Any]] = [
        (gettext("党员身份"), gettext("已转正") if full else gettext("在预备期")),
        (gettext("转出党组织"), transfer.source_name),
        (gettext("接收党组织"), transfer.target_name),
        (gettext("转接原因"), translate(rules.REASONS[transfer.reason]) if transfer.branch_id else ""),
        (gettext("情况说明"), transfer.words),
        (gettext("介绍信编号"), transfer.letter_number),
        (gettext("开出介绍信日期"), transfer.opened_on),
        (gettext("介绍信有效期至"), transfer.valid_until if transfer.branch_id else None),
        (gettext("办结日期"), transfer.closed_on),
        (gettext("理由或回执"), transfer.closed_reason),
        (gettext("依据"), cite(answer.evaluation) if answer is not None and _readable(actor, answer) else ""),
        (gettext("登记人"), transfer.recorded_by_name),
    ]
    sender, receiver = transfer.branch, transfer.to_branch
    seen = PartyMember.objects.visible_to(actor).filter(pk=member.pk)  # type: ignore[attr-defined]
    sends = sender is not None and may_write(actor, sender)
    return TransferPage(
        name=member.person.name,
        facts=[fact for fact in facts if fact[1] not in ("", None)],
        state=Badge(translate(rules.STATES[transfer.state]), rules.TONES[transfer.state]),
        note=_note(transfer, day) if is_open else "",
        may_answer=is_open and receiver is not None and may_write(actor, receiver),
        may_withdraw=is_open and sends,
        may_confirm=is_open and receiver is None and sends,
        member_url=member_url(member.key) if seen.exists() else "",
    )


def _readable(actor: Actor, answer: TransferAnswer) -> bool:
    return answer.jurisdiction_id in actor.readable


def _note(transfer: Transfer, day: date) -> str:
    if day > transfer.valid_until:
        return gettext("介绍信已过有效期。组织关系仍在原支部,不会自动变动;请与对方联系,逾期接收须写明理由。")
    return gettext("接收党支部确认之前,组织关系、名册、会议和表决都在原支部,由原支部负责。")


@dataclass(frozen=True)
class Moves:
    """What a member's page shows of transfers, spells away, contacts and decisions."""

    transfers: Sequence[tuple[Any, ...]]
    absences: Sequence[tuple[Any, ...]]
    contacts: Sequence[tuple[Any, ...]]
    decisions: Sequence[tuple[Any, ...]]
    open_absences: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, Any]]
    proposal: str
    may_decide: bool


def member_moves(member: PartyMember, day: date) -> Moves:
    """Four queries, and those of the rules that apply."""
    transfers = list(member.transfers.select_related("branch", "to_branch").order_by("-opened_on", "-id"))
    absences = list(member.absences.order_by("-since", "-id"))
    contacts = list(member.contacts.order_by("-day", "-id")[:20])
    decisions = list(member.decisions.order_by("-since", "-id"))
    running = [one for one in absences if one.until is None]
    suspended = next((d for d in decisions if d.kind == rules.SUSPEND and (d.until is None or d.until > day)), None)
    facts: list[tuple[str, Any]] = []
    if suspended is not None:
        facts.append((gettext("停止党籍"), gettext("%(day)s起") % {"day": suspended.since}))
    facts += _put_off(member, transfers, day)
    kept = max((one.since for one in decisions if one.kind == rules.KEEP), default=None)
    grounds = [(rules.SUSPEND, suspended.since)] if suspended is not None else [(a.kind, a.since) for a in running]
    law = Law(member.jurisdiction_id)
    reached = [found for found in (_reached(law, ground, since, kept, day) for ground, since in grounds) if found]
    return Moves(
        transfers=[
            (Link(f"{t.source_name} → {t.target_name}", transfer_url(t.key)), translate(rules.STATES[t.state]),
             t.opened_on, t.closed_on)
            for t in transfers
        ],
        absences=[
            (translate(rules.ABSENCES[a.kind]), a.place or a.words, a.since, a.until, a.contact_name) for a in absences
        ],
        contacts=[
            (c.day, translate(rules.WAYS[c.way]), gettext("联系上了") if c.reached else gettext("没有联系上"), c.words)
            for c in contacts
        ],
        decisions=[
            (translate(rules.DECISIONS[d.kind]), d.since, d.until, f"{d.body} {d.paper}".strip(), d.reason)
            for d in decisions
        ],
        open_absences=[
            (translate(rules.ABSENCES[a.kind]), reverse("partylife:end_absence", kwargs={"key": a.key}))
            for a in running
        ],
        facts=facts,
        proposal=reached[0] if reached else "",
        may_decide=any(ground in rules.GROUNDS for ground, _since in grounds),
    )  # fmt: skip


def _put_off(member: PartyMember, transfers: Sequence[Transfer], day: date) -> list[tuple[str, Any]]:
    """R1.04: how long the discussion of who came on probation may be put off; the day of turning full stays."""
    came = any(one.state == rules.ACCEPTED and one.to_branch_id for one in transfers)
    if not came or (member.full_on is not None and member.full_on <= day):
        return []
    law = Law(member.jurisdiction_id)
    over = _term(law, "member.probation", member.joined_on)[0]
    until = _term(law, "member.transferred", over)[0]
    words = gettext("%(over)s预备期满;转入的最迟可推迟到%(until)s讨论,党龄仍从预备期满之日算起")
    return [(gettext("讨论转正"), words % {"over": over, "until": until})]


def _term(law: Law, code: str, start: date) -> tuple[date, str]:
    """The day on which a period from `start` is full, and its source; more than (超过) means the day after."""
    found = law.bound(code, 0, start)
    if found is None:
        raise UnknownRule(code=code, day=start.isoformat())
    more = 1 if law.rule(code, start).params.get("beyond") else 0
    return found.day + timedelta(days=more), found.cite


def _reached(law: Law, ground: str, since: date, kept: date | None, day: date) -> str:
    """What a body may decide since the period of a recorded fact is full; empty before."""
    if ground not in rules.GROUNDS:
        return ""
    code, proposed = rules.GROUNDS[ground]
    full, source = _term(law, code, max(filter(None, (since, kept))))
    if full > day:
        return ""
    words = gettext("从%(since)s起的情况到%(day)s已满规定期限,可提出%(what)s,由党组织研究决定。依据:%(cite)s。")
    return words % {
        "since": since, "day": full, "what": translate(rules.DECISIONS[proposed]), "cite": source,
    }  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """A member whose recorded facts reach a period, with what was done to find him."""

    name: str
    url: str
    decide_url: str
    branch: str
    words: str
    contacts: Sequence[tuple[Any, ...]]


def proposals(actor: Actor, day: date) -> list[Proposal]:
    """Whom a body may now decide about, oldest first. Four queries, and those of the rules per place and ground."""
    spells: Any = Absence.objects.on(day).filter(kind__in=rules.GROUNDS)  # type: ignore[attr-defined]
    rows = list(spells.visible_to(actor).select_related("member__person").order_by("since", "pk"))
    halted = list(stopped(day).visible_to(actor).select_related("member__person").order_by("since", "pk"))  # type: ignore[attr-defined]
    off = {one.member_id for one in halted}
    found = [(one.member, rules.SUSPEND, one.since) for one in halted]
    found += [(one.member, one.kind, one.since) for one in rows if one.member_id not in off]
    ids = {member.pk for member, _ground, _since in found}
    seats: Any = BranchMembership.objects.filter(member__in=ids, role=BranchMembership.HOME)
    homes = dict(seats.on(day).values_list("member_id", "branch__name"))
    keeps = StandingDecision.objects.filter(member__in=ids, kind=rules.KEEP).order_by("since")
    kept = dict(keeps.values_list("member_id", "since"))
    notes: dict[int, list[tuple[Any, ...]]] = {}
    for one in MemberContact.objects.filter(member__in=ids).order_by("-day", "-pk"):
        reached = gettext("联系上了") if one.reached else gettext("没有联系上")
        notes.setdefault(one.member_id, []).append((one.day, translate(rules.WAYS[one.way]), reached, one.words))
    shown, laws = [], {one: Law(one) for one in {member.jurisdiction_id for member, _ground, _since in found}}
    for member, ground, since in found:
        if member.pk not in homes:
            continue
        words = _reached(laws[member.jurisdiction_id], ground, since, kept.get(member.pk), day)
        if words:
            address = reverse("partylife:decide_standing", kwargs={"key": member.key})
            tried = [note for note in notes.get(member.pk, []) if note[0] >= since]
            shown.append(Proposal(member.person.name, member_url(member.key), address, homes[member.pk], words, tried))
    return shown


def branch_notes(actor: Actor, branch: Organization, day: date) -> list[tuple[str, str, str]]:
    """What a branch should look at, each (words, name, address). Two queries, and those of the rules that apply."""
    found: list[tuple[str, str, str]] = []
    rows = Transfer.objects.filter(Q(branch=branch) | Q(to_branch=branch), state=rules.OPEN)
    for one in rows.select_related("member__person", "branch", "to_branch").order_by("valid_until"):
        if one.to_branch_id == branch.pk:
            words = gettext("等待本支部接收,介绍信有效期至%(day)s") % {"day": one.valid_until}
        elif day > one.valid_until:
            words = gettext("介绍信%(day)s已到期,对方还没有接收") % {"day": one.valid_until}
        else:
            words = gettext("等待对方接收,介绍信有效期至%(day)s") % {"day": one.valid_until}
        found.append((words, one.member.person.name, transfer_url(one.key)))
    reached = MemberContact.objects.filter(member_id=OuterRef("member_id"), reached=True).order_by("-day")
    away = away_on(day).filter(branch_id=branch.pk).annotate(last=Subquery(reached.values("day")[:1]))
    spells = list(away.select_related("member__person").order_by("since"))
    moving = {one.member_id for one in rows}
    studying = any(one.kind == rules.STUDY for one in spells)
    asked = cadences([ABROAD], day, branch.jurisdiction_id)[ABROAD].cadence if studying else None
    law = Law(branch.jurisdiction_id)
    for one in spells:
        for words in _away_words(one, one.member_id in moving, law, asked, day):
            found.append((words, one.member.person.name, member_url(one.member.key)))
    return found


def _away_words(one: Any, moving: bool, law: Law, asked: Cadence | None, day: date) -> list[str]:
    """What is asked of the home branch for one spell away, each with its article."""
    found = []
    if not one.contact_name:
        found.append(gettext("流动在外,还没有确定联系人(党员教育管理工作条例第33条)"))
    if one.kind == rules.STUDY and asked is not None:
        act = Held(today=day, days=[one.last] if one.last is not None else [], started=one.since)
        if state_of(asked, act).light in OVERDUE:
            found.append(gettext("出国(境)学习,本半年还没有联系记录(党员教育管理工作条例第34条)"))
    if one.kind == rules.MOBILE and not moving:
        full, source = _term(law, "mobile.transfer", one.since)
        if full <= day:
            words = gettext("%(day)s起外出已满六个月,地点较固定的应当转移组织关系。依据:%(cite)s")
            found.append(words % {"day": one.since, "cite": source})
    return found


def transfers_of(actor: Actor) -> QuerySet[Transfer]:
    """Transfers that a page may open."""
    return Transfer.objects.visible_to(actor).select_related("member__person", "branch", "to_branch")


def away_members(actor: Actor, day: date, places: Sequence[int], path: Sequence[str]) -> QuerySet[Any]:
    """Members away on a day, of the branches that the actor sees; each once, where he is at home."""
    rows = away_on(day).filter(jurisdiction_id__in=places)
    homes = Organization.objects.filter(of_branches(actor, ""))
    if path:
        homes = homes.filter(path__gte=path[0], path__lt=path[1])
    return rows.filter(branch_id__in=homes.values("pk")).select_related("member__person")  # type: ignore[no-any-return]
