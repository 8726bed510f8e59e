"""What every check of a code gives back."""

from __future__ import annotations

from typing import Final, NamedTuple

from lianjian.foundation.errors import _


class Checked(NamedTuple):
    """A code after harmless cleaning, and what is wrong with it.

    `problem` is a key of PROBLEMS or None; `suggestion` is a likely meaning that a person has to confirm;
    `repaired` names the harmless cleaning done: blanks, case, width, hyphens, number, prefix, leading_zero,
    noise.
    `kind` says more where a code has kinds.
    """

    value: str
    problem: str | None = None
    suggestion: str | None = None
    repaired: tuple[str, ...] = ()
    kind: str = ""

    @property
    def ok(self) -> bool:
        """Whether the code can be stored as it is."""
        return self.problem is None

    @property
    def sentence(self) -> str:
        """Message id of the problem, or an empty text."""
        return PROBLEMS[self.problem] if self.problem else ""


PROBLEMS: Final[dict[str, str]] = {
    "missing": _("没有填写。"),
    "length": _("位数不对。"),
    "alphabet": _("含有不允许的字符。"),
    "registrar": _("登记管理部门或机构类别代码不存在。"),
    "area": _("行政区划码不正确。"),
    "check": _("校验码不正确，请核对原件。"),
    "birth": _("出生日期不存在。"),
    "digits_lost": _("号码被表格当作数字保存，末尾几位已经丢失，请重新填写。"),
    "old_form": _("是15位旧号码，请核对升位后的号码。"),
    "ambiguous": _("有多种读法，请确认。"),
    "unknown": _("无法识别。"),
    "several": _("一格里有多个号码，请分开填写。"),
}
