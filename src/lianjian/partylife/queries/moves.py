"""Lists of transfers and of members away; what a transfer's, a member's and a branch's page show of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import plus_months
from lianjian.foundation.dbday import Today
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.rulebook.queries import cite

from ..models import (
    Absence,
    BranchMembership,
    MemberContact,
    PartyMember,
    Transfer,
    TransferAnswer,
)
from ..models.doors import of_branches
from ..rules import moves as rules
from .branches import branch_url, may_write, member_url
from .ladder import Law
from .listing import address_of

DEFINED = ("mobile.definition", "mobile.away")  # R2.45, and R2.44 before it


def transfer_url(key: object) -> str:
    """The address of a transfer."""
    return f"{address_of('partylife:transfer')}{key}"


def _transfers(actor: Actor) -> QuerySet[Any]:
    """Letters of one's branches. Of one that came to nothing the receiver reads on that it did; not whose it was."""
    rows = Transfer.objects.visible_to(actor)
    whose = PartyMember.objects.filter(pk=OuterRef("member_id")).values("person__name")
    return rows.annotate(
        who=Subquery(whose[:1]),
        source=Coalesce("branch__name", "branch_text"),
        target=Coalesce("to_branch__name", "to_text"),
    )


def member_of(transfer: Transfer) -> PartyMember | None:
    """Whose letter it is; None where it came to nothing and he is no longer lent to the receiver's place."""
    found: PartyMember | None = PartyMember.objects.filter(pk=transfer.member_id).select_related("person").first()
    return found


def whose(member: PartyMember | None) -> str:
    """His name, or that it is not told any more."""
    return member.person.name if member is not None else gettext("姓名不再提供")


def _transfer_row(values: Sequence[Any]) -> Row:
    key, name, source, target, opened, until, closed, state = values[:8]
    badge = Badge(translate(rules.STATES[state]), rules.TONES[state])
    return Row(transfer_url(key), (name or gettext("姓名不再提供"), source, target, opened, until, closed, badge))


TRANSFERS = register(
    ListSpec(
        name="partylife.transfers",
        title=_("组织关系转接"),
        right="partylife.see",
        base=_transfers,
        columns=(
            Column("name", _("姓名"), sort="who"),
            Column("source", _("转出党组织"), sort="source"),
            Column("target", _("接收党组织"), sort="target"),
            Column("opened_on", _("开出介绍信日期"), "date", "opened_on", True),
            Column("valid_until", _("介绍信有效期至"), "date", "valid_until"),
            Column("closed_on", _("办结日期"), "date", "closed_on", True),
            Column("state", _("状态"), "state"),
        ),
        values=(
            "key", "who", "source", "target", "opened_on", "valid_until", "closed_on", "state",
        ),
        row=_transfer_row,
        default_sort="-opened_on",
        state_field="state",
        states=tuple((code, _(word)) for code, word in rules.STATES.items()),
        search=lambda rows, text: rows.filter(Q(who__contains=text) | Q(letter_number__contains=text)),
        empty=(_("还没有组织关系转接"), _("在党员页面点“转接组织关系”开出介绍信,接收党支部确认后才转移。")),
    )
)  # fmt: skip


def away_on(day: Any, kinds: Sequence[str] = rules.AWAY) -> QuerySet[Any]:
    """Spells away, or of other kinds, of members who are at home in a branch on a day: each member once a kind."""
    home = BranchMembership.objects.on(day).filter(member_id=OuterRef("member_id"), role=BranchMembership.HOME)  # type: ignore[attr-defined]
    rows = Absence.objects.on(day).filter(kind__in=kinds)  # type: ignore[attr-defined]
    return rows.annotate(  # type: ignore[no-any-return]
        branch_name=Subquery(home.values("branch__name")[:1]),
        branch_key=Subquery(home.values("branch__key")[:1]),
        branch_id=Subquery(home.values("branch_id")[:1]),
    ).filter(branch_id__isnull=False)


def _mobile(actor: Actor) -> QuerySet[Any]:
    day = Today()
    reached = MemberContact.objects.filter(member_id=OuterRef("member_id"), reached=True).order_by()
    hosts = BranchMembership.objects.on(day).filter(member_id=OuterRef("member_id"), role=BranchMembership.HOST)  # type: ignore[attr-defined]
    return away_on(day, (*rules.AWAY, rules.GRADUATE)).visible_to(actor).annotate(  # type: ignore[attr-defined, no-any-return]
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
            Filter(
                "kind",
                _("情形"),
                lambda rows, value, actor: rows.filter(kind=value),
                "select",
                lambda actor: [(kind, translate(rules.ABSENCES[kind])) for kind in (*rules.AWAY, rules.GRADUATE)],
            ),
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
    """A transfer as its page shows it. Four queries; a receiver sees the record itself once he accepted.

    A letter that came to nothing stays readable to both sides with its end and the reason; the receiver is told no more
    about the person, who is looked after elsewhere (教育管理条例 art. 25).
    """
    member, is_open = member_of(transfer), transfer.state == rules.OPEN
    answer = TransferAnswer.objects.filter(transfer=transfer).select_related("evaluation").first()
    full = member is not None and member.full_on is not None and member.full_on <= day
    facts: list[tuple[str, Any]] = [
        (gettext("党员身份"), (gettext("已转正") if full else gettext("在预备期")) if member is not None else ""),
        (gettext("转出党组织"), transfer.source_name),
        (gettext("接收党组织"), transfer.target_name),
        (gettext("转接原因"), translate(rules.REASONS[transfer.reason]) if transfer.branch_id else ""),
        (gettext("情况说明"), transfer.words if member is not None else ""),
        (gettext("介绍信编号"), transfer.letter_number),
        (gettext("开出介绍信日期"), transfer.opened_on),
        (gettext("介绍信有效期至"), transfer.valid_until if transfer.branch_id else None),
        (gettext("办结日期"), transfer.closed_on),
        (gettext("理由或回执"), transfer.closed_reason),
        (gettext("依据"), cite(answer.evaluation) if answer is not None and _readable(actor, answer) else ""),
        (gettext("登记人"), transfer.recorded_by_name),
    ]
    sender, receiver = transfer.branch, transfer.to_branch
    seen = PartyMember.objects.visible_to(actor).filter(pk=transfer.member_id)  # type: ignore[attr-defined]
    sends = sender is not None and may_write(actor, sender)
    return TransferPage(
        name=whose(member),
        facts=[fact for fact in facts if fact[1] not in ("", None)],
        state=Badge(translate(rules.STATES[transfer.state]), rules.TONES[transfer.state]),
        note=_note(transfer, day) if is_open else "" if member is not None else gettext(
            "这封介绍信没有办成,组织关系仍在原支部。党员的资料不再提供给接收方,这里只保留办结日期和理由。"
        ),
        may_answer=is_open and receiver is not None and may_write(actor, receiver),
        may_withdraw=is_open and sends,
        may_confirm=is_open and receiver is None and sends,
        member_url=member_url(member.key) if member is not None and seen.exists() else "",
    )


def _readable(actor: Actor, answer: TransferAnswer) -> bool:
    return answer.jurisdiction_id in actor.readable


def _note(transfer: Transfer, day: date) -> str:
    if day > transfer.valid_until:
        return gettext("介绍信已过有效期。组织关系仍在原支部,不会自动变动;请与对方联系,逾期接收须写明理由。")
    return gettext("接收党支部确认之前,组织关系、名册、会议和表决都在原支部,由原支部负责。")


def transfers_of(actor: Actor) -> QuerySet[Transfer]:
    """Transfers that a page may open; whose each is tells `member_of`."""
    return Transfer.objects.visible_to(actor).select_related("branch", "to_branch")


def away_members(actor: Actor, day: date, places: Sequence[int], path: Sequence[str]) -> QuerySet[Any]:
    """Mobile members on a day: away as long as the rule of that day asks; each once, where he is at home."""
    law = Law(places[0]) if places else None
    terms = [law.rule(code, day) for code in DEFINED if law.binds(code, day)] if law is not None else []
    months = int(terms[0].params["amount"]) if terms else None
    if months is None:
        return Absence.objects.none()
    rows = away_on(day).filter(
        jurisdiction_id__in=places, kind=rules.MOBILE, since__lte=plus_months(day, -months)
    )
    homes = Organization.objects.filter(of_branches(actor, ""))
    if path:
        homes = homes.filter(path__gte=path[0], path__lt=path[1])
    return rows.filter(branch_id__in=homes.values("pk")).select_related("member__person")  # type: ignore[no-any-return]
