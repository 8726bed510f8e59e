"""Accounts: opened, one or many at once, renamed, closed and restored; names that are not kept any longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record, record_bulk

from ..models import WRITE, Account, Entry, Scheme
from ..rules import points as rules
from ..rules import refused
from .schemes import hold_scheme, said


def held_account(account: Account) -> Account:
    """The row as it stands, after its scheme was locked. Raises `AccountClosed`."""
    hold_scheme(account.scheme)
    rows = Account.objects.select_for_update(of=("self",)).select_related("scheme__organization")
    found: Account = rows.get(pk=account.pk)
    if found.closed_on is not None:
        raise refused.AccountClosed(name=found.name)
    return found


def _clean(text: str) -> str:
    return " ".join(text.split())[:40]


@verb
def open_accounts(
    *,
    actor: Actor,
    scheme: Scheme,
    rows: Sequence[tuple[str, str] | rules.Opening],
    now: datetime,
    document: str = "",
    agreed: bool = False,
    skip_known: bool = False,
) -> list[Account]:
    """One account for each row; they are numbered on. `document`: what shows the points brought along.

    `agreed`: all of them said that their names may be shown. `skip_known` passes over who has an account.

    Raises `NameMissing`, `AccountStands`, `AccountsMissing`, `LinesTooMany`, `BalanceOutside`, `DocumentMissing`,
    `SchemeEnded`, `Denied`.
    """
    require(actor, WRITE, scheme.organization)
    held = hold_scheme(scheme, standing=True)
    lines = [rules.Opening(*row) for row in rows]
    if not lines:
        raise refused.AccountsMissing
    if len(lines) > rules.MOST_LINES:
        raise refused.LinesTooMany
    if any(not 0 <= one.points <= rules.MOST_BALANCE for one in lines):
        raise refused.BalanceOutside(field="rows")
    paper = said(document, refused.DocumentMissing) if any(one.points for one in lines) else ""
    there = set(held.accounts.filter(closed_on__isnull=True).values_list("name", "group"))
    number, made, brought = held.accounts.aggregate(last=Max("number"))["last"] or 0, [], []
    own, day = {"jurisdiction_id": held.jurisdiction_id}, local_day(now)
    for line in lines:
        name, group = _clean(line.name), _clean(line.group)
        if not name:
            raise refused.NameMissing(field="rows")
        if (name, group) in there:
            if skip_known:
                continue
            raise refused.AccountStands(name=name, field="rows")
        there.add((name, group))
        number += 1
        made.append(Account(**own, scheme=held, number=number, name=name, group=group, agreed=agreed, opened_on=day))
        if line.points:
            entry = Entry(**own, account=made[-1], kind=rules.BROUGHT, points=line.points, on=day, note=paper)
            brought.append(entry)
    Account.objects.bulk_create(made)
    Entry.objects.bulk_create(brought)
    if made:
        # Names leave with the account: the journal says which rows it were.
        record_bulk(
            actor=actor, verb="points.open_accounts", subject=held, now=now,
            rows={"points.account": [one.pk for one in made]},
        )  # fmt: skip
    return made


@verb
def rename_account(
    *, actor: Actor, account: Account, name: str, group: str, now: datetime, agreed: bool = False
) -> Account:
    """A householder changed, a name was wrong, or consent was given or taken back.

    Raises `NameMissing`, `AccountStands`, `AccountClosed`, `Denied`.
    """
    require(actor, WRITE, account.scheme.organization)
    held = held_account(account)
    fresh = (_clean(name), _clean(group))
    if not fresh[0]:
        raise refused.NameMissing
    same = Account.objects.filter(scheme=held.scheme, name=fresh[0], group=fresh[1], closed_on__isnull=True)
    if same.exclude(pk=held.pk).exists():
        raise refused.AccountStands(name=fresh[0])
    if (*fresh, agreed) != (held.name, held.group, held.agreed):
        changes = {"agreed": (held.agreed, agreed)} if agreed != held.agreed else {}
        held.name, held.group, held.agreed = *fresh, agreed
        held.save(update_fields=["name", "group", "agreed"])
        record(actor=actor, verb="points.rename_account", subject=held, now=now, changes=changes)
    return held


@verb
def close_account(*, actor: Actor, account: Account, now: datetime) -> Account:
    """It is not used any more; its entries and what is left on it stay. Raises `AccountClosed`, `Denied`."""
    require(actor, WRITE, account.scheme.organization)
    held = held_account(account)
    held.closed_on = local_day(now)
    held.save(update_fields=["closed_on"])
    changes = {"closed_on": (None, held.closed_on)}
    record(actor=actor, verb="points.close_account", subject=held, now=now, changes=changes)
    return held


@verb
def restore_account(*, actor: Actor, account: Account, now: datetime) -> Account:
    """It is used again. Raises `AccountOpen`, `AccountForgotten`, `AccountStands`, `Denied`."""
    require(actor, WRITE, account.scheme.organization)
    hold_scheme(account.scheme)
    held: Account = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if held.closed_on is None:
        raise refused.AccountOpen(name=held.name)
    if held.forgotten_on is not None:
        raise refused.AccountForgotten
    same = Account.objects.filter(scheme=held.scheme, name=held.name, group=held.group, closed_on__isnull=True)
    if same.exists():
        raise refused.AccountStands(name=held.name)
    before, held.closed_on = held.closed_on, None
    held.save(update_fields=["closed_on"])
    record(actor=actor, verb="points.restore_account", subject=held, now=now, changes={"closed_on": (before, None)})
    return held


@verb
def forget_accounts(*, actor: Actor, jurisdiction_id: int, now: datetime) -> int:
    """Take the names from accounts that were closed long ago; returns how many. Safe to run twice.

    The least personal data that does the work (个人信息保护法 art. 19, 47): entries stay and count.
    """
    rows = Account.objects.filter(
        jurisdiction_id=jurisdiction_id, forgotten_on__isnull=True, closed_on__lt=local_day(now) - rules.KEPT
    )
    found = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    if not found:
        return 0
    Account.objects.filter(pk__in=found).update(name="", group="", forgotten_on=local_day(now))
    record_bulk(
        actor=actor, verb="points.forget_accounts", subject=None, rows={"points.account": found}, now=now,
        jurisdiction_id=jurisdiction_id,
    )  # fmt: skip
    return len(found)
