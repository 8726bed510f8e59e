"""What is refused of model cases."""

from __future__ import annotations

from lianjian.foundation.errors import Refused, _


class ModelCaseExists(Refused):
    """One entry of one case in a year."""

    sentence = _("本地这一年已有同名的典型案例。")
    field = "title"
    status = 409


class PlaceOrBody(Refused):
    """Where it was done: a body of the register or a place in words, not both."""

    sentence = _("请选择名册里的单位,或写明外地的地方,两项填一项。")
    field = "organization"


class LessonsMissing(Refused):
    """A case without a lesson teaches nothing."""

    sentence = _("请写明可以学习的做法。")
    field = "lessons"


class LaterYear(Refused):
    """It has been named."""

    sentence = _("年份不能晚于今年。")
    field = "year"


class CaseWithdrawn(Refused):
    """A withdrawn one is not changed."""

    sentence = _("这个案例已经撤下。")
    status = 409
