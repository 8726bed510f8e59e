"""Teams that serve at an activity: what is refused. Free of Django."""

from __future__ import annotations

from typing import Final

from lianjian.foundation.errors import Refused, _

KIND: Final = "志愿服务"  # the kind of meeting that is volunteer service
MOST: Final = 30  # teams at one activity
MOST_PEOPLE: Final = 500  # members on one list


class TeamElsewhere(Refused):
    """A team serves where its place calls it."""

    sentence = _("“%(name)s”不是召集方所在地的团队,请由它所在的镇街安排。")
    field = "teams"


class TeamNotThere(Refused):
    """It was not founded yet, or is dissolved."""

    sentence = _("“%(name)s”在活动当天还没有成立或者已经解散。")
    field = "teams"


class TooManyTeams(Refused):
    """An activity is served by some, not by all."""

    sentence = _("一次活动最多写 %(most)s 支团队。")
    field = "teams"


class TeamHasPeople(Refused):
    """Who came with a team stays with it."""

    sentence = _("“%(name)s”已经登记了到场人员,请先在它的名单里全部取消,再移除这支团队。")
    field = "teams"
    status = 409


class TeamNotServing(Refused):
    """People are written down for a team that serves."""

    sentence = _("“%(name)s”不在服务团队里,请先把它写进这次活动。")
    status = 409


class NotInTeam(Refused):
    """Whoever serves with a team is in it on that day."""

    sentence = _("名单里有人当天不是“%(name)s”的成员,请刷新后再登记。")


class OnAnotherList(Refused):
    """A person counts once at an activity."""

    sentence = _("“%(names)s”已经在单位的到会名单或别的团队里,一个人只计一次。请刷新后再登记。")
    status = 409
