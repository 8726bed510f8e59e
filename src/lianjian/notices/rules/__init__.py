"""Documents: their kinds, audiences, states and reviews, and what is refused."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from lianjian.foundation.errors import Refused, _

KINDS: Final[dict[str, str]] = {
    "notice": _("通知"),
    "plan": _("方案(计划)"),
    "help_plan": _("帮扶计划"),
    "spatial": _("规划"),
    "system": _("制度"),
    "minutes": _("纪要"),
    "disclosure": _("公示"),
    "policy": _("政策"),
    "agreement": _("协议"),
    "report": _("简报"),
    "letter": _("函"),
    "other": _("其他文件"),
}

# From the narrowest to the widest.
AUDIENCES: Final[dict[str, str]] = {
    "body": _("本单位"),
    "place": _("本地区各单位"),
    "county": _("全县各单位"),
    "public": _("社会公开"),
}
PUBLIC: Final = "public"

DRAFT, RETURNED, READY, PUBLISHED, DOWN, DROPPED = "draft", "returned", "ready", "published", "down", "dropped"
FIRST, SECOND, FINAL = "first", "second", "final"
STATES: Final[dict[str, str]] = {
    DRAFT: _("草稿"),
    RETURNED: _("退回修改"),
    FIRST: _("待初审"),
    SECOND: _("待复审"),
    FINAL: _("待终审"),
    READY: _("待公布"),
    PUBLISHED: _("已公布"),
    DOWN: _("已下架"),
    DROPPED: _("已作废"),
}
TONES: Final = {
    DRAFT: "neutral",
    RETURNED: "late",
    FIRST: "due",
    SECOND: "due",
    FINAL: "due",
    READY: "info",
    PUBLISHED: "done",
    DOWN: "paused",
    DROPPED: "paused",
}
STAGES: Final = (FIRST, SECOND, FINAL)
STAGE_WORDS: Final = {FIRST: _("初审"), SECOND: _("复审"), FINAL: _("终审")}
RIGHT_OF: Final = {FIRST: "documents.first", SECOND: "documents.second", FINAL: "documents.final"}
OPEN: Final = (DRAFT, RETURNED)  # being written
UNDER_WAY: Final = (DRAFT, RETURNED, *STAGES, READY)  # a version that is not out

# Why a document is taken off: said to everybody who finds it gone.
GROUNDS: Final[dict[str, str]] = {
    "wrong": _("内容有误"),
    "privacy": _("涉及个人信息"),
    "outdated": _("已经失效"),
    "law": _("依法不再公开"),
    "other": _("其他原因"),
}
PRIVACY: Final = "privacy"

STANCES: Final[dict[str, str]] = {
    "agree": _("赞成"),
    "amend": _("建议修改"),
    "object": _("反对"),
    "none": _("没有意见"),
}
OUTCOMES: Final[dict[str, str]] = {
    "taken": _("采纳"),
    "partly": _("部分采纳"),
    "not_taken": _("未采纳"),
}

MESSAGES: Final[dict[str, str]] = {
    "documents.review": _("待审文件"),
    "documents.returned": _("文件退回修改"),
    "documents.changed": _("文件已改动,审核作废"),
    "documents.approved": _("文件通过终审"),
    "documents.published": _("文件已公布"),
    "documents.down": _("文件已下架"),
    "documents.consult": _("文件征求意见"),
    "documents.opinion": _("收到反馈意见"),
    "documents.hindered": _("文件没有按日期公布"),
    "documents.taken_back": _("文件已撤回修改"),
}

# Brackets of full width, as Chinese keyboards write them.
_NARROW = str.maketrans("\uff08\uff09\uff3b\uff3d", "()[]")
_NUMBER = re.compile(r"^(.*?)[\[\(〔【{]?\s*(\d{4})\s*[\]\)〕】}]\s*第?\s*0*(\d+)\s*号?$")


def tidy_number(text: str) -> str:
    """A document number as GB/T 9704-2012 7.2.5 writes it: hexagonal brackets, no 第, no leading zeros.

    云委发[2026]第01号 -> 云委发〔2026〕1号; what is not of this form is kept as written.
    """
    text = re.sub(r"\s+", "", text.translate(_NARROW))
    found = _NUMBER.match(text)
    return f"{found[1]}〔{found[2]}〕{found[3]}号" if found else text


def following(number: str, year: int) -> str:
    """The number after this one in a year; empty where it has another form."""
    found = _NUMBER.match(tidy_number(number))
    if not found:
        return ""
    return f"{found[1]}〔{year}〕{int(found[3]) + 1 if int(found[2]) == year else 1}号"


def digest_of(values: Sequence[Any], files: Sequence[tuple[str, str]], more: Sequence[Any] = ()) -> str:
    """What a review is about: every word of the document and each file by name and content.

    `more` is what not every document has; without it the digest is the one that older documents have.
    """
    told: list[Any] = [[str(value) for value in values], sorted(files)]
    told += [list(more)] if more else []
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def next_state(stage: str) -> str:
    """Where a document is once this review has passed."""
    return READY if stage == FINAL else STAGES[STAGES.index(stage) + 1]


def narrower(one: str, other: str) -> str:
    """The audience that is contained in both."""
    order = list(AUDIENCES)
    return min(one, other, key=order.index)


def in_force(since: date | None, until: date | None, day: date) -> bool:
    """Whether a document holds on a day: from `since` to the day before `until`."""
    return (since is None or since <= day) and (until is None or until > day)


class NumberTaken(Refused):
    """One number, one document of an issuer."""

    sentence = _("这个单位已有同一文号的文件,请核对文号,或到文件登记簿里修改原来那份。")
    field = "number"
    status = 409


class EndsTooEarly(Refused):
    """It ends before it begins."""

    sentence = _("失效日期要晚于生效日期。")
    field = "until"


class NothingWritten(Refused):
    """Neither words nor a file."""

    sentence = _("正文和附件都是空的,请写正文或上传文件后再送审。")
    field = "text"


class IdentityInText(Refused):
    """Identity numbers are not published (个人信息保护法 25, 28)."""

    sentence = _("%(where)s有身份证号码(%(shown)s)。请隐去中间各位后再送审、公布,可以点“隐去号码”。")
    field = "text"


class IdentityInFile(Refused):
    """Nor are they with files or the names of files."""

    sentence = _("附件“%(name)s”的%(where)s里有身份证号码(%(shown)s)。请移除这个附件,隐去中间各位后重新上传。")
    field = "file"


class AlreadySettled(Refused):
    """What was made of an opinion is said once."""

    sentence = _("这条意见的采纳情况已经登记过。")
    status = 409


class NotOpen(Refused):
    """It is not being written."""

    sentence = _("文件现在是“%(state)s”,不能这样做。请刷新页面看最新状态。")
    status = 409


class NotYourTurn(Refused):
    """Another review is due, or none."""

    sentence = _("文件现在是“%(state)s”,这一道审核已经有人办过或还没轮到。请刷新页面。")
    status = 409


class OwnWork(Refused):
    """Who wrote does not review."""

    sentence = _("您(或您的另一个账号)起草或修改过这份文件,不能自己审核。请由没有动过稿子的人审。")
    status = 409


class SamePerson(Refused):
    """Three reviews, three persons."""

    sentence = _("这份文件您(或您的另一个账号)已经审过一道,三审须由三个人分别办。请由另一个人审。")
    status = 409


class ChangedSinceSeen(Refused):
    """What is approved is what was seen."""

    sentence = _("您打开之后文件有改动,请重新看一遍再审。")
    status = 409


class ReasonNeeded(Refused):
    """A return says why."""

    sentence = _("退回请写明理由,起草人才知道改什么。")
    field = "reason"


class DayNotReached(Refused):
    """It is to come out later."""

    sentence = _("公布日期是 %(day)s,还没到。要提前公布,请修改公布日期后重新送审。")
    status = 409


class NotPublished(Refused):
    """There is nothing to take down."""

    sentence = _("这份文件没有公布的版本,或者已经下架。")
    status = 409


class NoSuchSubject(Refused):
    """The record is not there, or cannot be seen."""

    sentence = _("没有找到要关联的记录,请从列出的名称中选择。")
    field = "subject"


class AlreadyAsked(Refused):
    """One opinion of a body on a version."""

    sentence = _("已经向“%(name)s”征求过这一版的意见。")
    field = "organizations"
    status = 409


class AlreadyAnswered(Refused):
    """An opinion stands."""

    sentence = _("这条意见已经反馈过。")
    status = 409


class NotAnswered(Refused):
    """Nothing came back yet."""

    sentence = _("对方还没有反馈,不能写采纳情况。")
    status = 409


class OpinionsOpen(Refused):
    """What came back is answered before the document goes on."""

    sentence = _("还有 %(n)s 条反馈意见没有写采纳情况,请先处理再送审。")
    status = 409
