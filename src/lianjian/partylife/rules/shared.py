"""What is refused in every record of party life."""

from __future__ import annotations

from lianjian.foundation.errors import Refused, _


class InTheFuture(Refused):
    """A day that is recorded as past lies ahead."""

    sentence = _("日期不能晚于今天。")


class NameMissing(Refused):
    """A person has a name."""

    sentence = _("请写姓名。")
    field = "name"


class EnterpriseMissing(Refused):
    """The record says where the person works."""

    sentence = _("请写明所在企业。")
    field = "enterprise"


class ReasonMissing(Refused):
    """Whoever takes a record back says why."""

    sentence = _("请写明理由。")
    field = "reason"


class Ended(Refused):
    """Nothing follows once the way has ended or the record was taken back."""

    sentence = _("这条记录已终止或作废,不能再办理。")
    status = 409
