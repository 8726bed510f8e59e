"""Who waits for whom: next steps by who has to act, and dossiers that lack papers, by person and by branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register

from .. import rules
from ..models import Applicant
from ..rules import development as dev
from .listing import TONES, applicant_url, by_words, late, stage_word, standing_applicants, step_word


def _waiting(actor: Actor) -> QuerySet[Applicant]:
    return standing_applicants(actor).exclude(waits_for="")


def _row(values: Sequence[Any]) -> Row:
    key, name, firm, firm_text, branch, branch_text, number, first, due, is_late = values[:10]
    state = Badge(gettext("已超期"), "late") if is_late else ""
    return Row(
        applicant_url(key),
        (name, step_word(number), branch or branch_text, firm or firm_text, first, due, state),
    )


WAITING = register(
    ListSpec(
        name="partylife.waiting",
        title=_("等待办理的步骤"),
        right="partylife.see",
        base=_waiting,
        columns=(
            Column("name", _("姓名"), sort="person__name"),
            Column("next", _("下一步")),
            Column("branch", _("党支部")),
            Column("enterprise", _("所在企业"), hide_small=True),
            Column("next_from", _("最早日期"), "date", "next_from"),
            Column("due_on", _("最晚日期"), "date", "due_on"),
            Column("late", _("状态"), "state"),
        ),
        values=(
            "key",
            "person__name",
            "enterprise__name",
            "enterprise_text",
            "branch__name",
            "branch_text",
            "next_step",
            "next_from",
            "due_on",
            "late",
        ),
        row=_row,
        default_sort="next_from",
        state_field="waits_for",
        states=tuple((code, _(word)) for code, word in dev.ACTORS.items()),
        search=by_words,
        filters=(Filter("late", _("只看超期"), lambda rows, value, actor: rows.filter(late()), "check"),),
        empty=(_("没有等待办理的步骤"), _("登记入党申请后,每个人的下一步会列在这里,写明由谁办理。")),
    )
)


def _dossier_row(values: Sequence[Any]) -> Row:
    key, name, branch, branch_text, stage, missing = values[:6]
    state = Badge(gettext("缺材料"), "due") if missing else Badge(gettext("已登记的齐全"), "done")
    return Row(
        applicant_url(key),
        (name, branch or branch_text, Badge(stage_word(stage), TONES[stage]), missing, state),
    )


def _lacking(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(missing__gt=0)


DOSSIERS = register(
    ListSpec(
        name="partylife.dossiers",
        title=_("发展党员材料"),
        right="partylife.see",
        base=standing_applicants,
        columns=(
            Column("name", _("姓名"), sort="person__name"),
            Column("branch", _("党支部")),
            Column("stage", _("阶段"), "state"),
            Column("missing", _("缺少的材料"), "number", "missing"),
            Column("state", _("状态"), "state"),
        ),
        values=("key", "person__name", "branch__name", "branch_text", "stage", "missing"),
        row=_dossier_row,
        default_sort="-missing",
        state_field="stage",
        states=tuple((code, _(word)) for code, word in rules.STAGES.items()),
        search=by_words,
        filters=(Filter("lacking", _("只看缺材料的"), _lacking, "check"),),
        empty=(_("还没有入党申请人"), _("每一步的材料是否齐全,按人和按支部都看得到。")),
    )
)


@dataclass(frozen=True)
class BranchLack:
    """A branch with its people and what their dossiers lack."""

    name: str
    people: int
    lacking: int
    papers: int


def lacking(actor: Actor) -> list[BranchLack]:
    """Branches whose dossiers lack papers, by name."""
    rows = (
        Applicant.objects.visible_to(actor)  # type: ignore[attr-defined]
        .standing()
        .values("branch__name", "branch_text")
        .annotate(people=Count("pk"), lack=Count("pk", filter=Q(missing__gt=0)), papers=Sum("missing"))
        .filter(lack__gt=0)
        .order_by("branch__name", "branch_text")
    )
    return [
        BranchLack(
            row["branch__name"] or row["branch_text"] or gettext("未指定支部"),
            row["people"],
            row["lack"],
            row["papers"],
        )
        for row in rows[:200]
    ]
