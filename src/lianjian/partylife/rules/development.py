"""The 25 steps on the way into the party: their order, who acts, what runs from where. No Django, no clock.

Source: 中国共产党发展党员工作细则 and the official flow chart of 5 stages and 25 steps. Lengths of time, numbers of
people, papers and majorities are rows of the rulebook (`member.…`, `vote.member`); here is only which of them a step
asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lianjian.foundation.errors import Refused, _, translate

LAST: Final = 25
APPLIED, TALK, ACTIVIST, FILED, CONTACTS, OBSERVED = 1, 2, 3, 4, 5, 6
TARGET, CONSENT, SPONSORS, REVIEW, TRAINING, EXAMINED, PREREVIEW, FORM = 7, 8, 9, 10, 11, 12, 13, 14
MEETING, UPPER_TALK, APPROVAL, FILED_UP, ASSIGNED, OATH = 15, 16, 17, 18, 19, 20
PROBATION, FULL_APPLICATION, FULL_MEETING, FULL_APPROVAL, ARCHIVE = 21, 22, 23, 24, 25

# Steps that last: recorded as often as they happen.
LASTING: Final = frozenset({OBSERVED, PROBATION})
# Steps decided by the vote of a branch meeting.
VOTED: Final = frozenset({MEETING, FULL_MEETING})
# Steps that fix the day of a step of the ledger: its field on the applicant.
LEDGER: Final[Mapping[int, str]] = {
    APPLIED: "applied_on",
    ACTIVIST: "activist_on",
    CONSENT: "target_on",
    MEETING: "probationary_on",
    FULL_APPROVAL: "full_on",
}

PERSON, BRANCH, COMMITTEE, DEPARTMENT = "person", "branch", "committee", "department"
ACTORS: Final[Mapping[str, str]] = {
    PERSON: _("本人"),
    BRANCH: _("党支部"),
    COMMITTEE: _("上级党委"),
    DEPARTMENT: _("组织部门"),
}
STAIRS: Final[Mapping[int, str]] = {
    1: _("申请入党"),
    2: _("入党积极分子的确定和培养教育"),
    3: _("发展对象的确定和考察"),
    4: _("预备党员的接收"),
    5: _("预备党员的教育考察和转正"),
}

PASSED, NOT_PASSED, APPROVED, NOT_APPROVED = "passed", "not_passed", "approved", "not_approved"
ON_TIME, EXTEND, CANCEL, REPORT = "on_time", "extend", "cancel", "report"
OUTCOMES: Final[Mapping[str, str]] = {
    PASSED: _("通过"),
    NOT_PASSED: _("未通过"),
    APPROVED: _("批准"),
    NOT_APPROVED: _("未批准"),
    ON_TIME: _("按期转正"),
    EXTEND: _("延长预备期"),
    CANCEL: _("取消预备党员资格"),
    "assessment": _("考察"),
    REPORT: _("思想汇报"),
}
# What may come out of a step, where there is a choice.
CHOICES: Final[Mapping[int, tuple[str, ...]]] = {
    OBSERVED: ("assessment", REPORT),
    MEETING: (PASSED, NOT_PASSED),
    APPROVAL: (APPROVED, NOT_APPROVED),
    PROBATION: ("assessment", REPORT),
    FULL_MEETING: (ON_TIME, EXTEND, CANCEL, NOT_PASSED),
    FULL_APPROVAL: (APPROVED, NOT_APPROVED),
}


@dataclass(frozen=True)
class Step:
    """One of the 25: who acts, the paper that goes into the dossier, and the rules that run to it.

    `papers`: the rule whose list must be there. `gates`: shortest intervals, `limits`: longest deadlines, each with the
    step it runs from; codes without `member.`. `notice`: the local rule of a public notice before the step.
    """

    number: int
    name: str
    stair: int
    who: str
    document: str = ""
    papers: str = ""
    gates: tuple[tuple[str, int], ...] = ()
    limits: tuple[tuple[str, int], ...] = ()
    notice: str = ""
    after: int = 0

    @property
    def base(self) -> int:
        """The step before which this one cannot lie."""
        return self.after or self.number - 1


STEPS: Final[Mapping[int, Step]] = {
    step.number: step
    for step in (
        Step(1, _("递交入党申请书"), 1, PERSON, _("入党申请书"), "written"),
        Step(2, _("党组织派人谈话"), 1, BRANCH, _("谈话记录"), limits=(("talk", 1),)),
        Step(
            3, _("推荐和确定入党积极分子"), 2, BRANCH, _("推荐(推优)材料和支委会记录"), "recommendation",
            gates=(("application", 1),), notice="notice_activist",
        ),
        Step(4, _("积极分子报上级党委备案"), 2, COMMITTEE, _("积极分子备案材料"), "filed"),
        Step(5, _("指定培养联系人"), 2, BRANCH, _("培养联系人登记")),
        Step(6, _("培养教育考察"), 2, BRANCH, _("培养教育考察登记表"), limits=(("assessment", 6),)),
        Step(
            7, _("确定发展对象"), 3, BRANCH, _("听取意见和支委会记录"), "target_opinions",
            gates=(("activist", 3),), notice="notice_target",
        ),
        Step(8, _("发展对象报上级党委备案"), 3, COMMITTEE, _("上级党委备案同意的批复"), "target_consent"),
        Step(9, _("确定入党介绍人"), 3, BRANCH, _("入党介绍人登记")),
        Step(10, _("政治审查"), 3, BRANCH, _("政治审查结论性材料"), "review"),
        Step(11, _("短期集中培训"), 3, COMMITTEE, _("培训结业材料")),
        Step(12, _("支部委员会审查"), 4, BRANCH, _("支委会审查记录"), "committee_review"),
        Step(
            13, _("上级党委预审"), 4, COMMITTEE, _("预审批复"), "prereview", limits=(("prereview_time", 12),)
        ),
        Step(14, _("填写入党志愿书"), 4, PERSON, _("入党志愿书"), "form"),
        Step(
            15, _("支部大会讨论接收"), 4, BRANCH, _("支部大会记录和票决情况"), "meeting",
            limits=(("meeting_time", 13), ("review_valid", 10)), notice="notice_admission",
        ),
        Step(16, _("上级党委派人谈话"), 4, COMMITTEE, _("谈话记录和意见"), "upper_talk"),
        Step(
            17, _("上级党委审批"), 4, COMMITTEE, _("审批意见"), "approval_way",
            limits=(("approval", 15), ("approval_special", 15)),
        ),
        Step(18, _("报上级组织部门备案"), 4, DEPARTMENT, _("备案材料"), "filed_up", after=17),
        Step(19, _("编入党支部和党小组"), 5, BRANCH, "", "assigned", after=17),
        Step(20, _("入党宣誓"), 5, COMMITTEE, "", "oath", after=17),
        Step(
            21, _("预备期继续教育考察"), 5, BRANCH, _("预备党员考察登记"), "training_goes_on", after=17
        ),
        Step(
            22, _("提出转正申请"), 5, PERSON, _("转正申请书"), "full_application", gates=(("probation", 15),),
        ),
        Step(
            23, _("支部大会讨论转正"), 5, BRANCH, _("支部大会记录和票决情况"),
            gates=(("probation", 15),), notice="notice_full",
        ),
        Step(
            24, _("上级党委审批转正"), 5, COMMITTEE, _("转正审批意见"), "full_told",
            limits=(("full_approval", 23),),
        ),
        Step(25, _("材料归档"), 5, COMMITTEE, _("归档目录"), "archive"),
    )
}  # fmt: skip

# Rules of one choice out of several, by step.
ONE_OF: Final[Mapping[int, str]] = {APPLIED: "addressed", TALK: "talker"}


@dataclass(frozen=True)
class Done:
    """What is known of a step that was taken. `day` None: on paper, the day is not recorded here."""

    number: int
    day: date | None
    outcome: str = ""


@dataclass(frozen=True)
class History:
    """The steps that stand, oldest first; `paper_until`: up to here the steps are on paper."""

    done: Sequence[Done] = ()
    paper_until: int = 0
    extension: int = 0
    failed_on: date | None = None

    @property
    def reached(self) -> int:
        """The last step that stands."""
        steps = (one.number for one in self.done if one.outcome != REPORT)
        return max(self.paper_until, max(steps, default=0))

    def taken(self, number: int) -> bool:
        """Whether the step stands, recorded or on paper."""
        return number <= self.reached

    def day(self, number: int) -> date | None:
        """The day of a step; of a lasting one, its last."""
        found = [
            one.day
            for one in self.done
            if one.number == number and one.day is not None and one.outcome != REPORT
        ]
        return max(found) if found else None

    def known_before(self, step: Step) -> tuple[int, date] | None:
        """The last step with a known day that this one may not precede."""
        for number in range(step.base, 0, -1):
            if number in (OBSERVED, PROBATION) and number == step.base:
                days = [one.day for one in self.done if one.number == number and one.day is not None]
                if days:
                    return number, max(days)
            found = self.day(number)
            if found is not None:
                return number, found
        return None

    @property
    def upcoming(self) -> int:
        """The next step to take; 26 when all are done."""
        return self.reached + 1


class StepMissing(Refused):
    """Nobody skips a step (细则; flow chart of 25 steps)."""

    sentence = _(
        "第%(number)s步“%(name)s”还没有登记,不能办理第%(wanted)s步“%(next)s”。发展党员须按25个步骤依次办理。"
    )
    status = 422


class StepStands(Refused):
    """The step was taken before; what was recorded wrongly is corrected."""

    sentence = _("第%(number)s步“%(name)s”已登记。日期或内容有误的,请用“更正”。")
    status = 409


class BeforePrevious(Refused):
    """A step before the one it follows."""

    sentence = _("第%(number)s步不能早于第%(before)s步“%(name)s”的日期%(day)s。")
    field = "done_on"


class NothingFollows(Refused):
    """All 25 steps are done."""

    sentence = _("25个步骤已全部办完。")
    status = 409


class OutcomeMissing(Refused):
    """A decision without its result."""

    sentence = _("请选择这一步的结果。")
    field = "outcome"


class VoteSaysOtherwise(Refused):
    """The votes carry the motion, the result says they do not."""

    sentence = _("赞成票已达到要求,结果不能记为“未通过”,请核对票数或结果。")
    field = "outcome"


class VotesMissing(Refused):
    """A decision by vote without its votes (细则 art. 20, 21, 33)."""

    sentence = _("请填写应到会、实到会有表决权的正式党员人数和赞成、反对、弃权票数。")
    field = "eligible"


class NoticeMissing(Refused):
    """This place asks for a public notice before the step."""

    sentence = _("本地规定这一步之前要公示,请填写公示开始日期。依据:%(cite)s。")
    field = "notice_from"


class BodyMissing(Refused):
    """Whether a body may approve depends on what it is."""

    sentence = _("请填写作出审批的党组织。")
    field = "body"


class GuideTwice(Refused):
    """The same person named twice."""

    sentence = _("两名培养联系人或介绍人不能是同一个人。")
    field = "second_name"


class GuideIsApplicant(Refused):
    """Nobody trains or sponsors himself."""

    sentence = _("本人不能做自己的培养联系人或入党介绍人。")
    field = "first_name"


class AgeUnknown(Refused):
    """Whether the applicant was of age must be known, not how old he is (细则 art. 5)."""

    sentence = _(
        "请填写出生日期(只用来核对,不保存),或者勾选“已核对证件:递交之日年满十八周岁”。依据:发展党员工作细则第5条。"
    )
    field = "of_age"


class NotReturnable(Refused):
    """Only who was made a development target and is not yet a member goes back to training."""

    sentence = _("只有确定为发展对象、尚未批准为预备党员的人,才能退回继续培养。")
    status = 409


class NotTransferable(Refused):
    """A transfer names where to."""

    sentence = _("请填写转往的党支部。")
    field = "branch"


def check_turn(history: History, number: int) -> Step:
    """The step, if it is its turn; raises `StepMissing`, `StepStands`, `NothingFollows`."""
    if number > LAST:
        raise NothingFollows
    step = STEPS[number]
    if history.taken(number) and number not in LASTING:
        raise StepStands(number=number, name=translate(step.name))
    reached = history.reached
    if number in LASTING and reached > number:
        raise StepStands(number=number, name=translate(step.name))
    if reached < number - 1:
        missing = translate(STEPS[reached + 1].name)
        raise StepMissing(number=reached + 1, name=missing, wanted=number, next=translate(step.name))
    return step


def check_follows(history: History, step: Step, day: date) -> None:
    """Raise `BeforePrevious` where the day lies before the last known step it follows."""
    before = history.known_before(step)
    if before is not None and day < before[1]:
        raise BeforePrevious(
            number=step.number,
            before=before[0],
            name=translate(STEPS[before[0]].name),
            day=before[1].isoformat(),
        )


def stage_after(reached: int) -> str:
    """The stage of who has taken the steps up to `reached`."""
    stages = (
        (FULL_APPROVAL, "full"),
        (APPROVAL, "probationary"),
        (CONSENT, "target"),
        (ACTIVIST, "activist"),
    )
    for number, stage in stages:
        if reached >= number:
            return stage
    return "applicant"


def paper_steps(
    activist_on: date | None, target_on: date | None, probationary_on: date | None, full_on: date | None
) -> int:
    """The last step that a ledger line with these days says was taken."""
    for day, number in (
        (full_on, FULL_APPROVAL),
        (probationary_on, APPROVAL),
        (target_on, CONSENT),
        (activist_on, ACTIVIST),
    ):
        if day is not None:
            return number
    return APPLIED


class NotLast(Refused):
    """Only the last step can be taken back."""

    sentence = _("只能撤销最后登记的一步。前面的步骤有误,请用“更正”。递交申请有误的,请作废整条记录。")
    status = 409


class TakenMeanwhile(Refused):
    """Two people recorded the same step at once."""

    sentence = _("别人刚刚登记了这一步,请刷新后再看。")
    status = 409


# The duty of whoever has to take a step.
DUTIES: Final[Mapping[str, tuple[str, str]]] = {
    f"partylife.step{step.number:02d}": (step.name, "partylife.write") for step in STEPS.values()
}
