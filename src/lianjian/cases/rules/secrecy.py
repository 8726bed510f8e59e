"""What may not be done with accusations, and by whom. Free of Django."""

from __future__ import annotations

from typing import Final

from lianjian.foundation.errors import Refused, _

ACCUSATION: Final = "accusation"
# Moves by which somebody of the offices decides about a matter.
DECIDING: Final = frozenset(
    {
        "sign",
        "note",
        "answer",
        "answer_impossible",
        "vet",
        "vet_back",
        "rule",
        "decline",
        "decide_extension",
        "decide_pause",
        "close_silent",
        "supervise",
        "hear",
    }
)


class NotAccusable(Refused):
    """Only some kinds of cases name somebody they are against."""

    sentence = _("%(kind)s没有被举报单位,请选择“投诉举报”。")
    field = "accused"


class AccusedHandles(Refused):
    """信访工作条例 30, 46 (R7.28): never passed to the accused unit."""

    sentence = _("%(unit)s属于被举报的单位,不能把举报交给它(信访工作条例第三十条)。")
    field = "handler"


class AccusedAbove(Refused):
    """Nobody in this house lies above the accused."""

    sentence = _("被举报的是本系统最高一级,请直接向上级机关或 12388 反映。")
    field = "accused"


class AccusedAtHome(Refused):
    """Who belongs to the accused unit cannot register it with the own account, where the unit would see it."""

    sentence = _("您的账号属于被举报的单位。请退出登录后从公开页面提交,单位看不到。")
    field = "accused"


class ConflictOfInterest(Refused):
    """信访工作条例 28 (R7.29): who has an interest withdraws."""

    sentence = _("您在%(body)s任职,与这件诉求有利害关系,应当回避。请由其他同志办理。")
    status = 409


class Recused(Refused):
    """Who withdrew from a case does not come back to it."""

    sentence = _("您已回避这件诉求,不能再办理。")
    status = 409


class MergedSecret(Refused):
    """An accusation is joined only with one of the same body."""

    sentence = _("举报只能和举报同一单位的并案。")
    field = "into"
