"""What stands behind a body of firms: on what an attached one hangs, who leads it; and what is to be reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from lianjian.directory.models import Link, Membership, Organization, PartyProfile
from lianjian.rulebook.queries import local_rules, rules_of
from lianjian.rulebook.rules import effective

from ..models import Approval, BodyForm
from ..models.bodies import lasting
from ..rules import bodies as rules
from .bodies import SEAT_OF, Form, form_on

FIRMS = ("enterprise", "social", "cooperative")


def binds(code: str, day: date) -> bool:
    """Whether a rule binds acts of a day; where nothing was asked yet, nothing is held against it."""
    return bool(rules_of((code,), day))


def excepted(body: Organization, day: date) -> set[str]:
    """The matters in which a superior approved that the body departs from a rule on a day."""
    rows = Approval.objects.filter(lasting(day), branch=body, matter__in=rules.LASTING)
    return set(rows.values_list("matter", flat=True))


def has_secretary(body: Organization, day: date) -> bool:
    """Whether somebody holds that office on a day, or the details of the body name one."""
    held: Any = Membership.objects.filter(organization=body, role="secretary")
    named = PartyProfile.objects.filter(organization=body).exclude(secretary_name="")
    return held.on(day).exists() or named.exists()


def reaches_firm(body: Organization, form: Form, day: date) -> bool:
    """Whether a body stands at a firm, or a firm stands under it."""
    links: Any = Link.objects.filter(kind=Link.PARTY, source=body, target__classification__in=FIRMS)
    return form.seat == "firm" or links.on(day).exists()


def host_kind(body: Organization, form: Form, day: date) -> str:
    """On what an attached body hangs: its own seat or chain, else that of what is above it; empty: none of the rule."""
    above: Any = Link.objects.filter(kind=Link.ADMINISTRATION, target=body).on(day)  # type: ignore[attr-defined]
    link = above.select_related("source").first()
    upper = link.source if link is not None else body.parent
    return _kind(form) or ("" if upper is None else _kind_above(upper, day))


def _kind(form: Form) -> str:
    return rules.CHAIN if form.level.startswith("chain") else rules.HOSTS.get(form.seat, "")


def _kind_above(upper: Organization, day: date) -> str:
    if upper.classification == Organization.Classification.PARTY:
        return _kind(form_on(upper, day))
    return rules.HOSTS.get(SEAT_OF.get(upper.classification, ""), "")


def hangs_right(body: Organization, form: Form, day: date) -> bool:
    """Whether what an attached body of firms hangs on is one that the rule names, as the place has it."""
    found = rules_of(("company.attached",), day)
    if not found or form.formation != "attached" or not reaches_firm(body, form, day):
        return True
    params = dict(found[0].params)
    own = local_rules(["company.attached"], body.jurisdiction_id, day).get("company.attached", [])
    if own:
        params = effective(found[0].kind, params, own[0].params, free=True)
    return host_kind(body, form, day) in params["one_of"]


def unreported(
    body: Organization, forms: Sequence[BodyForm] | None = None, approvals: Sequence[Approval] | None = None
) -> date | None:
    """The day on which a branch was dissolved or adjusted, where nobody recorded that it was reported; else None.

    `forms` (the last first) and `approvals` where the caller has them; two queries otherwise.
    """
    if forms is None:
        forms = list(BodyForm.objects.filter(organization=body).order_by("-since")[:30])
    if approvals is None:
        approvals = list(Approval.objects.filter(branch=body, matter=rules.REPORTED))
    day = _adjusted_on(forms)
    if body.dissolved_on is not None:
        level = forms[0].level if forms else form_on(body, body.dissolved_on).level
        day = body.dissolved_on if rules.RANK[level] == "branch" else None
    told = (one.approved_on for one in approvals if one.matter == rules.REPORTED)
    return day if day is not None and all(one < day for one in told) else None


def _adjusted_on(forms: Sequence[BodyForm]) -> date | None:
    """When a branch that stood alone last went to stand with others; None where it never did, or by a paper."""
    for now, before in zip(forms, forms[1:], strict=False):
        if rules.adjusted(before.level, before.formation, now.formation):
            return None if now.paper else now.since
    return None
