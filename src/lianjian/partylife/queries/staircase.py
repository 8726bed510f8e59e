"""The way into the party as its page shows it: five stairs, 25 steps, and what comes next with its arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from lianjian.directory.models import Membership
from lianjian.directory.queries import organization_url
from lianjian.files.queries import files_of_many
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.rulebook.queries import cadences, finding, light_text, term_text, verdict_text
from lianjian.rulebook.rules import PASSED, Held, state_of

from .. import rules
from ..models import Applicant, DevelopmentStep, Guide, Recommendation, StepGround
from ..rules import development as dev
from ..rules.facts import BODIES, SHOWN
from .ladder import Bound, Law, Window, history_of, steps_of, window
from .listing import kind_word


def undone_word(code: str) -> str:
    """Why a row no longer stands, in the active language."""
    words = {
        "failed": gettext("表决未通过"),
        "refused": gettext("上级党委未批准"),
        "returned": gettext("退回继续培养"),
        "corrected": gettext("已更正"),
        "extended": gettext("延长预备期后重新办理"),
        "cancelled": gettext("取消预备党员资格"),
        "struck": gettext("已撤销"),
    }
    return words[code]


@dataclass(frozen=True)
class ShownRow:
    """One recorded row of a step."""

    key: object
    day: date
    facts: Sequence[tuple[str, str]]
    grounds: Sequence[tuple[str, str, str, str]]
    files: Sequence[Any]
    undone: str
    reason: str
    by: str
    lacks: bool
    last: bool


@dataclass(frozen=True)
class ShownStep:
    """One of the 25."""

    number: int
    name: str
    who: str
    look: str
    word: str
    document: str
    rows: Sequence[ShownRow]
    past: Sequence[ShownRow]


@dataclass(frozen=True)
class Stair:
    """One of the five stages."""

    title: str
    look: str
    steps: Sequence[ShownStep]
    done: int


@dataclass(frozen=True)
class Next:
    """The next step: what, who, from which day and why, until when, with which papers."""

    number: int
    name: str
    who: str
    earliest: date | None
    why: Sequence[tuple[str, str]]
    latest: Sequence[tuple[str, str]]
    papers: Sequence[str]
    notice: str
    late: bool
    report: tuple[str, str, str] | None = None


def bound_text(bound: Bound) -> str:
    """The arithmetic of a day: from which step, how long, to which day, by which text."""
    words = {
        "number": bound.since,
        "name": translate(dev.STEPS[bound.since].name),
        "start": bound.start.isoformat(),
        "term": bound.term,
        "day": bound.day.isoformat(),
        "cite": bound.cite,
    }
    return gettext("第%(number)s步“%(name)s”%(start)s + %(term)s = %(day)s(%(cite)s)") % words


def why_earliest(found: Window) -> list[tuple[str, str]]:
    """Everything the earliest day rests on."""
    lines = []
    if found.after is not None:
        number, day = found.after
        words = {"number": number, "name": translate(dev.STEPS[number].name), "day": day.isoformat()}
        lines.append((gettext("步骤顺序"), gettext("不早于第%(number)s步“%(name)s”的%(day)s") % words))
    lines += [(gettext("至少要满"), bound_text(bound)) for bound in found.gates]
    return lines


def papers_of(law: Law, number: int, day: date) -> Mapping[str, Any]:
    """The papers that a step's rule lists."""
    step = dev.STEPS[number]
    return law.papers(f"member.{step.papers}", day) if step.papers else {}


def papers_asked(law: Law, number: int, day: date) -> Mapping[str, Any]:
    """Those of them that the record does not show by itself."""
    shown = SHOWN.get(number, ())
    return {code: word for code, word in papers_of(law, number, day).items() if code not in shown}


def thought_report(
    law: Law, applicant: Applicant, rows: Sequence[DevelopmentStep], today: date
) -> tuple[str, str, str] | None:
    """Word, tone and ground of this period's thought report, where the place asks for them (1.4): a reminder only."""
    code = "member.thought_report"
    if applicant.stage not in ("activist", "target", "probationary") or not law.binds(code, today):
        return None
    asked = cadences([code], today, applicant.jurisdiction_id)[code]
    if asked.cadence is None:
        return None
    days = [row.done_on for row in rows if row.standing and row.outcome == dev.REPORT]
    state = state_of(asked.cadence, Held(today=today, days=days, started=applicant.activist_on))
    tone = {"met": "done", "late": "late", "due": "due"}.get(state.light, "neutral")
    return light_text(state.light), tone, asked.cite


def next_of(
    law: Law, applicant: Applicant, history: dev.History, today: date, rows: Sequence[DevelopmentStep] = ()
) -> Next | None:
    """What comes next; None when all is done or the way has ended."""
    if applicant.ended_on is not None or applicant.withdrawn_at is not None or history.upcoming > dev.LAST:
        return None
    number = history.upcoming
    found = window(law, history, number)
    step = found.step
    limits = list(found.limits)
    if number == dev.TARGET:
        limits += window(law, history, dev.OBSERVED).limits
    return Next(
        number=number,
        name=translate(step.name),
        who=translate(dev.ACTORS[step.who]),
        earliest=found.earliest,
        why=why_earliest(found),
        latest=[(_limit_word(bound), bound_text(bound)) for bound in limits],
        papers=[translate(str(word)) for word in papers_asked(law, number, today).values()],
        notice=found.notice,
        late=any(bound.day < today for bound in limits),
        report=thought_report(law, applicant, rows, today),
    )


def _limit_word(bound: Bound) -> str:
    if bound.code == "member.assessment":
        return gettext("下次考察不晚于")
    return gettext("必须不晚于") if bound.mode == "BLOCK" else gettext("一般不晚于")


def _facts(row: DevelopmentStep, guides: Sequence[Guide], papers: Mapping[str, Any]) -> list[tuple[str, str]]:
    facts = [
        (gettext("结果"), translate(dev.OUTCOMES[row.outcome]) if row.outcome else ""),
        (gettext("承办的组织或人员"), row.by_whom),
        (gettext("作出审批的党组织"), translate(BODIES[row.body_kind]) if row.body_kind else ""),
        (gettext("人员"), "、".join(one.name for one in guides)),
        (gettext("入党志愿书编号"), row.form_number),
        (gettext("表决"), _votes(row) if row.eligible is not None else ""),
        (gettext("培训"), _training(row)),
        (gettext("延长"), term_text(row.extend_months, "m") if row.extend_months else ""),
        (gettext("公示开始日期"), row.notice_from.isoformat() if row.notice_from else ""),
        (gettext("年龄"), gettext("已核对年满十八周岁") if row.number == dev.APPLIED else ""),
        (
            gettext("已具备"),
            "、".join(translate(str(word)) for code, word in papers.items() if code in row.observed),
        ),
        (gettext("与规定不一致的理由"), row.reason),
        (gettext("批准文件"), row.override),
        (gettext("备注"), row.note),
    ]
    return [(label, value) for label, value in facts if value]


def _votes(row: DevelopmentStep) -> str:
    words = {
        name: getattr(row, name)
        for name in ("eligible", "present", "yes", "no", "abstain", "written", "written_yes")
    }
    text = (
        gettext("应到 %(eligible)s 人,实到 %(present)s 人,赞成 %(yes)s 票,反对 %(no)s 票,弃权 %(abstain)s 票")
        % words
    )
    if row.written:
        text += gettext(";会前书面意见 %(written)s 份,其中赞成 %(written_yes)s 份") % words
    return text


def _training(row: DevelopmentStep) -> str:
    if not row.training_days and not row.training_hours:
        return ""
    return gettext("%(days)s 天,%(hours)s 学时") % {"days": row.training_days, "hours": row.training_hours}


@dataclass(frozen=True)
class Staircase:
    """A person's whole way."""

    name: str
    facts: Sequence[tuple[str, Any]]
    bar: Sequence[tuple[str, str, str]]
    stairs: Sequence[Stair]
    next: Next | None
    recommendations: Sequence[tuple[str, str, str]]
    missing: Sequence[tuple[int, str]]
    enterprise_url: str
    may_write: bool
    may_take_over: bool
    state: str


class _Shelf:
    """What hangs on the steps of one applicant: people, grounds, files. Three queries."""

    def __init__(self, rows: Sequence[DevelopmentStep]) -> None:
        ids = [row.pk for row in rows]
        self.guides: dict[int, list[Guide]] = {}
        for guide in Guide.objects.filter(step__in=ids).order_by("pk"):
            self.guides.setdefault(guide.step_id, []).append(guide)
        self.grounds: dict[int, list[tuple[str, str, str, str]]] = {}
        for ground in StepGround.objects.filter(step__in=ids).select_related("evaluation").order_by("pk"):
            kept = ground.evaluation
            out = finding(kept)
            word = verdict_text(out.verdict if out is not None else PASSED)
            tone = "done" if out is None or out.passed else "due"
            line = (word, tone, kept.cite, reverse("rulebook:evaluation", kwargs={"key": kept.key}))
            self.grounds.setdefault(ground.step_id, []).append(line)
        bundles = [row.bundle_id for row in rows if row.bundle_id]
        self.files = files_of_many(bundles) if bundles else {}


def _row(row: DevelopmentStep, shelf: _Shelf, papers: Mapping[str, Any], last: int) -> ShownRow:
    files = shelf.files.get(row.bundle_id or 0, [])
    return ShownRow(
        key=row.key,
        day=row.done_on,
        facts=_facts(row, shelf.guides.get(row.pk, []), papers),
        grounds=shelf.grounds.get(row.pk, []),
        files=files,
        undone=undone_word(row.undone) if row.undone else "",
        reason=row.undone_reason,
        by=row.recorded_by_name,
        lacks=row.standing and bool(dev.STEPS[row.number].document) and not row.filed,
        last=row.pk == last,
    )


def staircase(actor: Actor, row: Applicant, today: date, may_write: bool, may_take_over: bool) -> Staircase:
    """Everything the page of an applicant shows."""
    law, rows = Law(row.jurisdiction_id), steps_of(row)
    history, shelf = history_of(row, rows), _Shelf(rows)
    standing = [one for one in rows if one.standing]
    last = max(standing, key=lambda one: (one.number, one.done_on, one.pk)).pk if standing else 0
    shown = [_step(row, step, rows, history, shelf, law, last) for step in dev.STEPS.values()]
    stairs = [
        _stair(number, [one for one in shown if dev.STEPS[one.number].stair == number])
        for number in dev.STAIRS
    ]
    recommended = Recommendation.objects.filter(applicant=row).order_by("recommended_on", "pk")
    return Staircase(
        name=row.person.name,
        facts=_applicant_facts(row),
        bar=[
            (stair.title, stair.look, gettext("%(n)s/%(of)s 步") % {"n": stair.done, "of": len(stair.steps)})
            for stair in stairs
        ],
        stairs=stairs,
        next=next_of(law, row, history, today, rows),
        recommendations=[
            (translate(rules.RECOMMENDERS[one.kind]), one.by_text, one.recommended_on.isoformat())
            for one in recommended
        ],
        missing=[(one.number, one.document) for one in shown if any(line.lacks for line in one.rows)],
        enterprise_url=organization_url(row.enterprise.key) if row.enterprise is not None else "",
        may_write=may_write,
        may_take_over=may_take_over,
        state=translate(rules.STAGES[row.stage]),
    )


def _step(
    applicant: Applicant,
    step: dev.Step,
    rows: Sequence[DevelopmentStep],
    history: dev.History,
    shelf: _Shelf,
    law: Law,
    last: int,
) -> ShownStep:
    mine = [one for one in rows if one.number == step.number]
    held = {one.pk: _row(one, shelf, papers_of(law, step.number, one.done_on), last) for one in mine}
    there = [held[one.pk] for one in mine if one.standing]
    look = "done" if history.taken(step.number) else "now" if step.number == history.upcoming else "todo"
    word = ""
    if look == "done" and not there:
        day = history.day(step.number)
        words = (
            gettext("纸质办理,%(day)s") % {"day": day.isoformat()} if day else gettext("纸质办理,日期未登记")
        )
        word = gettext("在转出地办理") if applicant.continues_id and day is None else words
    return ShownStep(
        number=step.number,
        name=translate(step.name),
        who=translate(dev.ACTORS[step.who]),
        look=look,
        word=word,
        document=translate(step.document) if step.document else "",
        rows=there,
        past=[held[one.pk] for one in mine if not one.standing],
    )


def _stair(number: int, steps: Sequence[ShownStep]) -> Stair:
    looks = [one.look for one in steps]
    look = "done" if all(one == "done" for one in looks) else "now" if "now" in looks else "todo"
    return Stair(translate(dev.STAIRS[number]), look, steps, looks.count("done"))


def _applicant_facts(row: Applicant) -> list[tuple[str, Any]]:
    facts = [
        (gettext("姓名"), row.person.name),
        (gettext("阶段"), translate(rules.STAGES[row.stage])),
        (gettext("所在企业"), row.where),
        (gettext("党支部"), row.branch_name),
        (gettext("有审批权的上级党委"), row.committee_text),
        (gettext("身份"), kind_word(row.kind)),
        (gettext("培养联系人"), row.contacts),
        (gettext("党籍起算"), row.probationary_on),
        (gettext("党龄起算"), row.full_on),
        (gettext("预备期延长"), term_text(row.extension_months, "m") if row.extension_months else ""),
        (gettext("备注"), row.note),
        (gettext("登记人"), row.recorded_by_name),
        (gettext("终止方式"), translate(rules.ENDINGS[row.ended_kind]) if row.ended_kind else ""),
        (gettext("终止日期"), row.ended_on),
        (gettext("终止原因"), row.ended_reason),
    ]
    return [(label, value) for label, value in facts if value not in ("", None)]


def people_named(row: Applicant, names: Sequence[str]) -> dict[str, int]:
    """Ids of those members of the branch or the firm whom a name alone makes known."""
    bodies = [one for one in (row.branch_id, row.enterprise_id) if one]
    held = Membership.objects.filter(
        organization_id__in=bodies, person__name__in=names, jurisdiction_id=row.jurisdiction_id
    ).values_list("person__name", "person_id")
    found: dict[str, set[int]] = {}
    for name, pk in held:
        found.setdefault(name, set()).add(pk)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


__all__ = ["Next", "Staircase", "next_of", "papers_asked", "papers_of", "people_named", "staircase"]
