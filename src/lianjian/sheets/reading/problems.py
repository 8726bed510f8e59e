"""What can be wrong with a cell, each with one sentence."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Final, Literal

from lianjian.foundation.codes import PROBLEMS as CODE_PROBLEMS
from lianjian.foundation.errors import _, translate

Severity = Literal["error", "warning", "note"]

SENTENCES: Final[dict[str, str]] = {
    "column_missing": _("表里没有“%(title)s”这一列，请指出是哪一列。"),
    "missing": _("“%(title)s”没有填写。"),
    "code_wrong": _("“%(title)s”%(value)s：%(reason)s"),
    "phone_wrong": _("“%(title)s”%(value)s：%(reason)s"),
    "industry_unknown": _("“%(title)s”%(value)s 在行业分类中没有找到，按原文保留。"),
    "date_wrong": _("“%(title)s”%(value)s 不是可以识别的日期。"),
    "date_no_year": _("“%(title)s”%(value)s 没有年份，表里也看不出年份，请补上。"),
    "date_ambiguous": _("“%(title)s”%(value)s 有多种读法，请写成“2024-03-05”的样子。"),
    "date_partial": _("“%(title)s”%(value)s 没有写到日，暂按第一天计。"),
    "year_assumed": _("“%(title)s”%(value)s 没有年份，按 %(year)s 年读取。"),
    "date_assumed": _("“%(title)s”%(value)s 读作 %(read)s。"),
    "yes_no_unknown": _("“%(title)s”%(value)s 看不出是或否。"),
    "number_wrong": _("“%(title)s”%(value)s 不是可以识别的数量。"),
    "not_a_count": _("“%(title)s”%(value)s 应为零或正整数。"),
    "unit_differs": _("“%(title)s”%(value)s 的单位与本列（%(unit)s）不同。"),
    "unit_missing": _("“%(title)s”%(value)s 没有单位，表头也没有写单位。"),
    "approximate": _("“%(title)s”%(value)s 不是确数，按范围保留。"),
    "choice_unknown": _("“%(title)s”%(value)s 不在已知的写法里，按原文保留。"),
    "choice_wrong": _("“%(title)s”%(value)s 不在可填的范围里。"),
    "name_odd": _("“%(title)s”%(value)s 不像一个名称，请核对。"),
    "several_names": _("“%(title)s”%(value)s 一格里有多个名字，请分开。"),
    "deadline_unknown": _("“%(title)s”%(value)s 看不出期限，按原文保留。"),
    "garbled": _("“%(title)s”的文字疑似乱码：%(value)s"),
    "too_long": _("“%(title)s”文字过长，请删短到 %(limit)s 字以内。"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at. `cell` is the address the office sees (C17); `row` None concerns the whole column."""

    sheet: str
    row: int | None
    cell: str
    field: str
    severity: Severity
    code: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence in the active language."""
        params = dict(self.params)
        if "reason" in params:
            params["reason"] = translate(CODE_PROBLEMS.get(params["reason"], params["reason"]))
        if "title" in params:
            params["title"] = translate(params["title"])
        return translate(SENTENCES[self.code]) % params

    def as_dict(self) -> dict[str, Any]:
        """For receipts and problem lists."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "cell": self.cell,
            "field": self.field,
            "severity": self.severity,
            "code": self.code,
            "sentence": self.sentence,
        }
